package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Subject;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Verdict;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A row of the table with which a dry run ends, as it is saved with the build and shown. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class DryRunRow {
    private final Subject subject;
    private final Verdict verdict;
    private final String detail;

    private DryRunRow(DryRunCheck check) {
        this.subject = check.subject();
        this.verdict = check.verdict();
        this.detail = check.detail();
    }

    /** The rows of a creation; none if it is no dry run that has ended. */
    static List<DryRunRow> of(Creation creation) {
        Ending ending = creation.ending();
        return ending == null
                ? List.of()
                : ending.checks().stream().map(DryRunRow::new).toList();
    }

    /** What was checked, as a name that scripts may compare: {@code quota}, for example. */
    @Exported
    public String getSubject() {
        return ImageTexts.word(subject);
    }

    /** What the check shows: {@code passed}, {@code failed} or {@code not_checked}. */
    @Exported
    public String getVerdict() {
        return ImageTexts.word(verdict);
    }

    @Exported
    public String getDetail() {
        return detail;
    }

    public String getSubjectText() {
        return switch (subject) {
            case PARAMETERS -> Messages.DryRunRow_parameters();
            case NAME -> Messages.DryRunRow_name();
            case INSTANCE -> Messages.DryRunRow_instance();
            case QUOTA -> Messages.DryRunRow_quota();
            case CREATE_CALL -> Messages.DryRunRow_createCall();
            case OTHER_CALLS -> Messages.DryRunRow_otherCalls();
        };
    }

    public String getVerdictText() {
        return switch (verdict) {
            case PASSED -> Messages.DryRunRow_passed();
            case FAILED -> Messages.DryRunRow_failed();
            case NOT_CHECKED -> Messages.DryRunRow_notChecked();
        };
    }

    /** The row as a line of a log. */
    String text() {
        return Messages.DryRunRow_line(getVerdictText(), getSubjectText(), detail);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DryRunRow row
                && subject == row.subject
                && verdict == row.verdict
                && detail.equals(row.detail);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, verdict, detail);
    }
}
