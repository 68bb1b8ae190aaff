package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a key needs for which purpose, and what remains once a part of it is proven. */
class PermissionsTest {
    private static final Permissions PERMISSIONS = new Permissions(
                    List.of("create", "list"),
                    List.of("delete"),
                    List.of("instances"),
                    List.of("instances", "stop"),
                    List.of("quota"),
                    List.of("share"),
                    List.of("copy"),
                    List.of("tag"))
            .withTemplates("templates");

    @Test
    void onlyTheProvenOneIsLeftOutForEveryPurpose() {
        Map<Purpose, List<String>> others = PERMISSIONS.without("instances");

        assertEquals(List.of("stop"), others.get(Purpose.POWER));
        assertEquals(List.of("create", "list"), others.get(Purpose.CREATE));
        assertEquals(EnumSet.complementOf(EnumSet.of(Purpose.USAGE)), others.keySet(), "nothing else is needed");
    }

    @Test
    void allOfThemHaveAPurpose() {
        assertEquals(
                Set.of("create", "list", "delete", "instances", "stop", "quota", "share", "copy", "tag", "templates"),
                Set.copyOf(PERMISSIONS.all()));
    }
}
