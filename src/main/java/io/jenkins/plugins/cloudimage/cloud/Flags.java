package io.jenkins.plugins.cloudimage.cloud;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;

/** Yes and no in a Jenkinsfile. Jenkins takes every text but "true" for a no, and so {@code dryRun: 'yes'} too. */
public final class Flags {
    private Flags() {}

    /**
     * Understands texts where a script has to say true or false, because a build's parameters are texts.
     *
     * @param arguments the script's arguments
     * @throws IllegalArgumentException if a text is neither; it names the parameter
     */
    public static Map<String, Object> understand(Class<?> type, Map<String, Object> arguments) {
        Map<String, Object> understood = new HashMap<>(arguments);
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            if (parameter.getErasedType() == boolean.class) {
                understood.computeIfPresent(
                        parameter.getName(),
                        (name, value) -> value instanceof CharSequence ? isTrue(name, value.toString()) : value);
            }
        }
        return understood;
    }

    private static boolean isTrue(String name, String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false", "" -> false;
            default -> throw new IllegalArgumentException(Messages.Flags_neither(name, text));
        };
    }
}
