package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the name of the build variable for an image's id. */
public final class VariableName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Variables that other programs depend on, such as PATH; setting them would break the build. */
    private static final Set<String> RESERVED = Set.of(
            "PATH",
            "HOME",
            "SHELL",
            "IFS",
            "ENV",
            "BASH_ENV",
            "PATHEXT",
            "COMSPEC",
            "CLASSPATH",
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "WORKSPACE");

    private static final Pattern RESERVED_PREFIX = Pattern.compile("(LD_|DYLD_|JENKINS_|HUDSON_).*");

    private VariableName() {}

    /**
     * Says what is wrong with a name.
     *
     * @return a sentence, or null if nothing is
     */
    @CheckForNull
    public static String problem(@CheckForNull String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            return Messages.VariableName_noName(name);
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return RESERVED.contains(upper) || RESERVED_PREFIX.matcher(upper).matches()
                ? Messages.VariableName_reserved(name)
                : null;
    }

    static void check(String name) throws CloudException {
        String problem = problem(name);
        if (problem != null) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(problem)
                    .advice(Messages.VariableName_advice())
                    .exception();
        }
    }
}
