package dev.automationengine.dispatcher.workflow;

import dev.automationengine.expressions.Reference;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an answer. The wait is a job that is due when it has lasted too long, so it survives every restart.
 *
 * @param frame what all steps have
 * @param answer what it waits for
 * @param timeout how long
 * @param onTimeout what follows without an answer
 * @param links makes its links
 */
public record WaitStep(StepFrame frame, Answer answer, Duration timeout, OnTimeout onTimeout, WaitLinks links)
        implements Step {
    /** What templates read links below. */
    public static final String LINKS = "waits";

    /** Beyond its time a link is refused by the dispatcher; so long it is told to be too late, and not unknown. */
    private static final Duration GRACE = Duration.ofDays(30);

    private static final String APPROVE_URL = "approve_url";
    private static final String REJECT_URL = "reject_url";

    /** What follows when nobody answers. */
    public enum OnTimeout {
        /** The step fails. */
        FAIL,
        /** It goes on, with {@code timed_out}. */
        CONTINUE,
        /** It counts as approved. */
        APPROVE,
        /** It counts as rejected. */
        REJECT
    }

    /** The names of its links. */
    public List<String> linkNames() {
        return switch (answer) {
            case Answer.Call call -> List.of("url");
            case Answer.Event event -> List.of();
            case Answer.Decision decision ->
                decision.approvers().isEmpty()
                        ? List.of(APPROVE_URL, REJECT_URL)
                        : List.of(APPROVE_URL, REJECT_URL, "approvers");
        };
    }

    /** Its links by name, what templates read as {@code waits.ID}. */
    public Map<String, Object> urls(OrgId org, JobId job, Instant now) {
        Instant expiresAt = now.plus(timeout).plus(GRACE);
        return switch (answer) {
            case Answer.Call call -> Map.of("url", links.url(org, job, null, null, expiresAt));
            case Answer.Event event -> Map.of();
            case Answer.Decision decision -> {
                Map<String, Object> urls = new LinkedHashMap<>(choices(org, job, null, expiresAt));
                if (!decision.approvers().isEmpty()) {
                    urls.put(
                            "approvers",
                            IntStream.range(0, decision.approvers().size())
                                    .mapToObj(approver -> choices(org, job, approver, expiresAt))
                                    .toList());
                }
                yield urls;
            }
        };
    }

    private Map<String, String> choices(OrgId org, JobId job, @Nullable Integer approver, Instant expiresAt) {
        return Map.of(
                APPROVE_URL, links.url(org, job, StepEvent.Resumed.APPROVED, approver, expiresAt),
                REJECT_URL, links.url(org, job, StepEvent.Resumed.REJECTED, approver, expiresAt));
    }

    @Override
    public String type() {
        return answer instanceof Answer.Decision ? APPROVAL : WAIT_FOR_EVENT;
    }

    @Override
    public List<String> ports() {
        return answer instanceof Answer.Decision
                ? List.of(StepEvent.Resumed.APPROVED, StepEvent.Resumed.REJECTED)
                : List.of();
    }

    @Override
    public @Nullable String port(@Nullable Map<String, @Nullable Object> output) {
        return answer instanceof Answer.Decision
                        && output != null
                        && output.get(StepEvent.Resumed.DECISION) instanceof String decision
                ? decision
                : null;
    }

    @Override
    public Map<String, List<Reference>> ownReads() {
        return answer.reads();
    }
}
