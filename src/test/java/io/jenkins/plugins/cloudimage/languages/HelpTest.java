package io.jenkins.plugins.cloudimage.languages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every field of a form has help. Jenkins looks for it beside the form's class, then beside its superclasses. */
class HelpTest {
    private static final Pattern FIELD =
            Pattern.compile("<f:(?:entry|optionalProperty|dropdownDescriptorSelector)\\b[^>]*?\\sfield=\"(\\w+)\"");
    private static final Pattern SUPERCLASS = Pattern.compile("class \\w+ extends (\\w+)");

    @Test
    void everyFieldHasHelp() {
        List<String> missing = new ArrayList<>();
        int fields = 0;
        for (Path view : Sources.files(Sources.RESOURCES, "\\w+\\.jelly")) {
            Matcher field = FIELD.matcher(Sources.text(view));
            while (field.find()) {
                fields++;
                if (!hasHelp(view.getParent(), field.group(1))) {
                    missing.add(view + ": " + field.group(1));
                }
            }
        }

        assertEquals(List.of(), missing);
        assertFalse(fields < 50, "The pattern finds " + fields + " fields only");
    }

    private static boolean hasHelp(Path type, String field) {
        Path source = Sources.JAVA.resolve(Sources.RESOURCES.relativize(type) + ".java");
        if (!Files.exists(source)) {
            return false;
        }
        Matcher superclass = SUPERCLASS.matcher(Sources.text(source));
        return Files.exists(type.resolve("help-" + field + ".html"))
                || superclass.find() && hasHelp(type.resolveSibling(superclass.group(1)), field);
    }
}
