package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.TagSupport;
import java.util.Map;
import java.util.Set;

/** The kinds of cloud that there are, as to what protects an image from being made twice or lost. */
enum Variant {
    /** Like Alibaba ECS. */
    TOKEN(true, true, true, false, true, new CopySupport(true, true), Request.Token.class),
    /** Like Tencent Cloud. */
    UNIQUE(false, true, true, false, true, new CopySupport(false, false), Request.Unique.class),
    /** Like QCloud's old API, which names no id. */
    NAMELESS(false, true, true, false, false, new CopySupport(false, false, true, Map.of()), Request.Nameless.class),
    /** Like JD Cloud. */
    STOPPED(false, false, true, true, true, new CopySupport(true, false), Request.Stopped.class),
    /** Like Alibaba ENS. */
    MARKLESS(false, false, false, false, true, null, Request.Markless.class);

    final Capabilities capabilities;
    final boolean namesId;
    final Class<? extends ImageRequest> type;

    Variant(
            boolean token,
            boolean unique,
            boolean mark,
            boolean stopped,
            boolean namesId,
            CopySupport copies,
            Class<? extends ImageRequest> type) {
        // So little that some wishes need several calls.
        SharingLimits sharing = new SharingLimits(4, 2, 1, SharingLimits.AccountIds.NUMBERS);
        TagSupport tags = unique ? new TagSupport(20, 128, Set.of("TagRefused")) : null;
        this.capabilities =
                new Capabilities(token, unique, mark, stopped, 20, 5, 10, sharing, tags, Set.of(), false, copies);
        this.namesId = namesId;
        this.type = type;
    }

    /** Whether copies have the name of their source, and any number of them may have it. */
    boolean copiesByNameOnly() {
        return capabilities.copies() != null && capabilities.copies().byNameOnly();
    }

    /** Whether deleted images leave their snapshots. */
    boolean leavesSnapshots() {
        return this == TOKEN || this == STOPPED;
    }

    ImageRequest request(String name, String instance) {
        return switch (this) {
            case TOKEN -> new Request.Token(name, "nightly", instance);
            case UNIQUE -> new Request.Unique(name, "nightly", instance);
            case NAMELESS -> new Request.Nameless(name, "nightly", instance);
            case STOPPED -> new Request.Stopped(name, "nightly", instance);
            case MARKLESS -> new Request.Markless(name, instance);
        };
    }
}
