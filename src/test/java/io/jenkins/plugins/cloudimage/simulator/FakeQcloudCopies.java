package io.jenkins.plugins.cloudimage.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies of images between the regions of a fake account of QCloud. Only the old codes of regions are taken, and no region of
 * North America. A copy has the name of its source. What the pages do not tell, it does the hard way: an image that is copied
 * can neither be deleted nor copied again, and a copy has the description of its source, with the mark in it.
 */
public final class FakeQcloudCopies {
    /** Old codes of regions, each with the new one. */
    private static final Map<String, String> REGIONS = Map.ofEntries(
            Map.entry("gz", "ap-guangzhou"),
            Map.entry("gzopen", "ap-guangzhou-open"),
            Map.entry("sh", "ap-shanghai"),
            Map.entry("shjr", "ap-shanghai-fsi"),
            Map.entry("szjr", "ap-shenzhen-fsi"),
            Map.entry("bj", "ap-beijing"),
            Map.entry("cd", "ap-chengdu"),
            Map.entry("hk", "ap-hongkong"),
            Map.entry("sg", "ap-singapore"),
            Map.entry("kr", "ap-seoul"),
            Map.entry("de", "eu-frankfurt"),
            Map.entry("ca", "na-toronto"),
            Map.entry("usw", "na-siliconvalley"));

    private final FakeImages images;
    private final FakeCopySources sources;

    private final List<Map<String, String>> calls = new ArrayList<>();
    private boolean namesakes;

    FakeQcloudCopies(FakeImages images) {
        this.images = images;
        this.sources = new FakeCopySources(images);
    }

    /** Lets copies be made although their name is taken: no page tells whether the cloud refuses that. */
    public synchronized void allowNamesakes() {
        namesakes = true;
    }

    /** The parameters of every call that was carried out. */
    public synchronized List<Map<String, String>> calls() {
        return List.copyOf(calls);
    }

    /** The new code of a region, whichever of its codes is given. */
    static String region(String code) {
        return REGIONS.getOrDefault(code, code);
    }

    /** The region of the sources, or null if it is none from which images are copied. */
    static String source(Map<String, String> parameters) {
        return copying(parameters.getOrDefault("srcRegion", ""));
    }

    /** The regions of the copies; empty if one of them is none to which images are copied. */
    static List<String> targets(Map<String, String> parameters) {
        List<String> codes = QcloudParameters.list(parameters, "dstRegion");
        return codes.stream().anyMatch(code -> copying(code) == null)
                ? List.of()
                : codes.stream().map(FakeQcloudCopies::copying).distinct().toList();
    }

    private static String copying(String code) {
        String region = REGIONS.get(code);
        return region == null || region.startsWith("na-") ? null : region;
    }

    synchronized boolean isRefused(List<FakeImage> from, List<String> targets) {
        return !namesakes
                && targets.stream()
                        .anyMatch(target -> from.stream().anyMatch(image -> images.isTaken(image.name(), target)));
    }

    synchronized void make(Map<String, String> parameters, List<FakeImage> from, List<String> targets) {
        calls.add(parameters);
        for (FakeImage source : from) {
            for (String target : targets) {
                FakeImage copy = images.create(source.name(), null, source.description());
                images.place(copy, target);
                sources.note(copy, source);
            }
        }
    }

    boolean isCopy(String id) {
        return sources.isCopy(id);
    }

    boolean isCopying(String id) {
        return sources.isCopying(id);
    }
}
