package io.jenkins.plugins.cloudimage.peers.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table, for people at a terminal and for the documentation. */
record Report(String machine, Effort effort, List<Row> rows) {
    private static final String BEGIN = "<!-- From here on written by `make bench`. -->";
    private static final String END = "<!-- To here. -->";

    void print(PrintStream out) {
        int[] widths = new int[Row.HEADS.size()];
        widen(widths, Row.HEADS);
        rows.forEach(row -> widen(widths, row.cells()));
        out.println();
        print(out, widths, Row.HEADS);
        rows.forEach(row -> print(out, widths, row.cells()));
        out.println();
        out.println(summary());
        out.println(machine);
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private static void print(PrintStream out, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }

    private String summary() {
        return count(Row.Verdict.MET) + " goals met, " + count(Row.Verdict.MISSED) + " missed; " + effort + " run";
    }

    private long count(Row.Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    String markdown() {
        StringBuilder text = new StringBuilder(BEGIN)
                .append("\n\nMeasured on ")
                .append(machine)
                .append(".\n")
                .append(summary())
                .append(".\n\n");
        line(text, Row.HEADS);
        line(text, Row.HEADS.stream().map(head -> "---").toList());
        rows.forEach(row -> line(text, row.cells()));
        return text.append('\n').append(END).toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Puts the table into a page, in the place of an older one. */
    void update(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the table");
        }
        Files.writeString(page, text.substring(0, begin) + markdown() + text.substring(end + END.length()));
    }
}
