package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.List;
import java.util.Locale;

/**
 * One line of the table.
 *
 * @param peer the peer's value, and who it is
 * @param ratio how much better ours is, or empty
 * @param limit what cannot be beaten, or empty
 */
record Row(String metric, String ours, String peer, String ratio, String limit, String goal, Verdict verdict) {

    /** The heads of the columns. */
    static final List<String> HEADS = List.of("metric", "ours", "peer", "ratio", "limit", "goal", "");

    /** What came of a goal. */
    enum Verdict {
        /** It is met. */
        MET("met"),
        /** It is missed. */
        MISSED("MISSED"),
        /** There is none: reported beside the others. */
        NONE("");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        static Verdict of(boolean met) {
            return met ? MET : MISSED;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A row without a goal. */
    static Row beside(String metric, String ours, String peer, String ratio, String limit) {
        return new Row(metric, ours, peer, ratio, limit, "", Verdict.NONE);
    }

    List<String> cells() {
        return List.of(metric, ours, peer, ratio, limit, goal, verdict.toString());
    }

    /** A number with about three digits that mean something. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** A ratio. */
    static String times(double ratio) {
        return number(ratio) + "×";
    }
}
