package dev.automationengine.kit.resume;

import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a link lets its holder do: answer one waiting step of one execution, until a time. It holds ids only, because it
 * stands in URLs.
 *
 * @param kind what it answers
 * @param orgId the organization
 * @param jobId execution, step and epoch
 * @param choice the decision that the link stands for; null for a callback
 * @param approver which of the step's approvers it was made for, 0 for the first; null: none in particular
 * @param expiresAt until when, in whole seconds
 */
public record ResumeToken(
        Kind kind,
        OrgId orgId,
        JobId jobId,
        @Nullable String choice,
        @Nullable Integer approver,
        Instant expiresAt) {
    private static final int PARTS = 8;
    private static final String NONE = "";

    /** What a link answers. */
    public enum Kind {
        /** A machine calls and gives data. */
        CALLBACK,
        /** A person decides. */
        APPROVAL
    }

    String text() {
        return String.join(
                ":",
                kind.name(),
                orgId.value(),
                jobId.toString(),
                choice == null ? NONE : choice,
                approver == null ? NONE : Integer.toString(approver),
                Long.toString(expiresAt.getEpochSecond()));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static ResumeToken parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a token has " + PARTS + " parts");
        }
        return new ResumeToken(
                Kind.valueOf(parts[0]),
                new OrgId(parts[1]),
                JobId.parse(String.join(":", parts[2], parts[3], parts[4])),
                parts[5].equals(NONE) ? null : parts[5],
                parts[6].equals(NONE) ? null : Integer.valueOf(parts[6]),
                Instant.ofEpochSecond(Long.parseLong(parts[7])));
    }
}
