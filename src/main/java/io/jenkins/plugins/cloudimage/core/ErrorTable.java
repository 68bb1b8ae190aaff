package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cloud's error codes with their meaning. A code is looked up as it is, then without its last dotted segment, and so
 * on: a table that knows {@code AuthFailure} also knows {@code AuthFailure.SomethingNew}.
 */
public final class ErrorTable {
    private final Map<String, CloudError> meanings;

    private ErrorTable(Map<String, CloudError> meanings) {
        this.meanings = Map.copyOf(meanings);
    }

    /**
     * Finds the meaning of a code.
     *
     * @param code the cloud's code
     * @return kind, acted and advice without message, or empty for a code of which nothing is known
     */
    public Optional<CloudError> meaning(@CheckForNull String code) {
        String candidate = code;
        while (candidate != null) {
            CloudError meaning = meanings.get(candidate);
            if (meaning != null) {
                return Optional.of(meaning);
            }
            int dot = candidate.lastIndexOf('.');
            candidate = dot < 0 ? null : candidate.substring(0, dot);
        }
        return Optional.empty();
    }

    /**
     * Begins a table.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects codes. */
    public static final class Builder {
        private final Map<String, CloudError> meanings = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds codes by which the cloud says that it did nothing.
         *
         * @param kind what they mean
         * @param advice one sentence that says what to do
         * @param codes the codes
         * @return this
         */
        public Builder refused(ErrorKind kind, String advice, String... codes) {
            return add(CloudError.of(kind, Acted.NO).advice(advice), codes);
        }

        /**
         * Adds codes after which nobody knows whether the cloud did it.
         *
         * @param kind what they mean
         * @param advice one sentence that says what to do
         * @param codes the codes
         * @return this
         */
        public Builder inDoubt(ErrorKind kind, String advice, String... codes) {
            return add(CloudError.of(kind, Acted.MAYBE).advice(advice), codes);
        }

        private Builder add(CloudError meaning, String... codes) {
            for (String code : codes) {
                if (meanings.put(code, meaning) != null) {
                    throw new IllegalArgumentException("Code " + code + " is in the table twice");
                }
            }
            return this;
        }

        /**
         * Ends the table.
         *
         * @return the table
         */
        public ErrorTable build() {
            return new ErrorTable(meanings);
        }
    }
}
