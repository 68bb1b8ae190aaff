package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cloud's error codes with their meaning. A code is looked up as it is, then without its last dotted segment, and so
 * on: a table that knows {@code AuthFailure} also knows {@code AuthFailure.SomethingNew}.
 */
public final class ErrorTable {
    private final Map<String, Meaning> meanings;

    /** The advice is asked for anew each time, because its language is that of whoever reads it. */
    private record Meaning(ErrorKind kind, Acted acted, Supplier<String> advice) {}

    private ErrorTable(Map<String, Meaning> meanings) {
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
            Meaning meaning = meanings.get(candidate);
            if (meaning != null) {
                return Optional.of(CloudError.of(meaning.kind(), meaning.acted())
                        .advice(meaning.advice().get()));
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
        private final Map<String, Meaning> meanings = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds codes by which the cloud says that it did nothing.
         *
         * @param kind what they mean
         * @param advice gives one sentence that says what to do, in the language of whoever reads it
         * @param codes the codes
         * @return this
         */
        public Builder refused(ErrorKind kind, Supplier<String> advice, String... codes) {
            return add(new Meaning(kind, Acted.NO, advice), codes);
        }

        /**
         * Adds codes after which nobody knows whether the cloud did it.
         *
         * @param kind what they mean
         * @param advice gives one sentence that says what to do, in the language of whoever reads it
         * @param codes the codes
         * @return this
         */
        public Builder inDoubt(ErrorKind kind, Supplier<String> advice, String... codes) {
            return add(new Meaning(kind, Acted.MAYBE, advice), codes);
        }

        private Builder add(Meaning meaning, String... codes) {
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
