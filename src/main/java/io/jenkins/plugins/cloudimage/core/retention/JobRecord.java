package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.List;
import java.util.Objects;

/**
 * What a job has made, in the form that is saved.
 *
 * @param schema the version of the format
 * @param home the identity of the folder in which it was saved, so that a copy is noticed
 * @param job the job's full name
 */
record JobRecord(int schema, @Nullable String home, String job, List<MadeImage> images) {
    /** The format that this plugin writes and reads. */
    static final int SCHEMA = 1;

    /** Rejects a format that this plugin does not read. */
    JobRecord {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("Schema " + schema + " is not known");
        }
        Objects.requireNonNull(job, "job");
        images = List.copyOf(images);
    }

    /** Whether all images are of the job; what a person has mixed up is left alone. */
    boolean isConsistent() {
        return images.stream().allMatch(image -> image.group().job().equals(job));
    }

    JobRecord with(List<MadeImage> others) {
        return new JobRecord(schema, home, job, others);
    }

    /** The same images of the job under another name. */
    JobRecord of(String name) {
        return new JobRecord(
                schema, home, name, images.stream().map(image -> image.of(name)).toList());
    }

    JobRecord in(String folder) {
        return new JobRecord(schema, folder, job, images);
    }
}
