package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;

/** Appends numbers to the names of images: {@code web}, {@code web-2}, {@code web-3}. */
final class Suffix {
    /** A thousand images with one name are a mistake. */
    static final int LARGEST = 999;

    private Suffix() {}

    /** The next number; 0 stands for none. */
    static int after(int number) {
        return number == 0 ? 2 : number + 1;
    }

    /**
     * The request with the next number in its name. The name is shortened as much as the cloud's rules require.
     *
     * @param present the present number of the name
     * @return the request, or null if no such name is valid
     */
    @Nullable
    static ImageRequest next(ImageRequest request, int present) {
        String stem = stem(request.imageName(), present);
        String ending = ending(after(present));
        for (String rest = stem;
                !rest.isEmpty();
                rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1))) {
            ImageRequest candidate = request.withImageName(rest + ending);
            if (candidate.problems().stream().noneMatch(Suffix::isError)) {
                return candidate;
            }
        }
        return null;
    }

    /** A name without its number. */
    static String stem(String name, int present) {
        return present == 0
                ? name
                : name.substring(0, name.length() - ending(present).length());
    }

    private static String ending(int number) {
        return "-" + number;
    }

    private static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
