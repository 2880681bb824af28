package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
    private static final Instant END = Instant.parse("2026-11-23T10:00:00Z");
    private static final RetryPolicy THREE_TRIES = new RetryPolicy(RetryPolicy.Strategy.FIXED, 3, null, null);

    @Test
    void a_failure_that_may_pass_is_tried_again_while_attempts_are_left() {
        ActionResult.Failed outage = failed(ErrorClass.OUTAGE, false, false);
        assertThat(verdict(1, outage, EffectMode.UNSAFE, 0)).isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(2, outage, EffectMode.UNSAFE, 0)).isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(3, outage, EffectMode.UNSAFE, 0)).isInstanceOf(StepEvent.Failed.class);
    }

    @ParameterizedTest
    @EnumSource(ErrorClass.class)
    void the_error_class_decides_whether_there_is_another_try(ErrorClass errorClass) {
        StepEvent event = verdict(1, failed(errorClass, false, false), EffectMode.KEYED, 0);
        assertThat(event instanceof StepEvent.AttemptFailed).isEqualTo(errorClass.retryable());
    }

    @ParameterizedTest
    @EnumSource(EffectMode.class)
    void what_may_have_happened_is_repeated_only_if_that_is_harmless(EffectMode effect) {
        StepEvent event = verdict(1, failed(ErrorClass.TIMEOUT, true, false), effect, 0);
        assertThat(event instanceof StepEvent.AttemptFailed).isEqualTo(effect.repeatable());
        if (event instanceof StepEvent.Failed failed) {
            assertThat(failed.error().code()).isEqualTo(Verdict.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void attempts_in_which_nothing_was_sent_are_not_charged() {
        ActionResult.Failed outage = failed(ErrorClass.OUTAGE, false, false);
        assertThat(verdict(3, outage, EffectMode.KEYED, 2)).isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(5, outage, EffectMode.KEYED, 2)).isInstanceOf(StepEvent.Failed.class);
    }

    @Test
    void an_open_breaker_is_waited_for_but_not_for_ever() {
        ActionResult.Failed open = failed(ErrorClass.OUTAGE, false, true);
        assertThat(verdict(50, open, EffectMode.UNSAFE, 10)).isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(RetryPolicy.MAX_ATTEMPTS, open, EffectMode.UNSAFE, 99))
                .isInstanceOf(StepEvent.Failed.class);
    }

    @Test
    void the_next_try_is_never_before_the_time_that_the_third_party_named() {
        StepError error = failed(ErrorClass.THROTTLED, false, false).error();
        ActionResult.Failed throttled = new ActionResult.Failed(error, Duration.ofMinutes(2), false, false);
        StepEvent.AttemptFailed event = (StepEvent.AttemptFailed) verdict(1, throttled, EffectMode.KEYED, 0);
        assertThat(event.nextAttemptAt()).isAfterOrEqualTo(END.plus(Duration.ofMinutes(2)));
    }

    private static StepEvent verdict(int attempt, ActionResult result, EffectMode effect, int uncharged) {
        StepRun run = new StepRun(
                new OrgId("org_1"),
                new WorkflowId("wf_1"),
                JobId.parse("exec_1:a:1"),
                attempt,
                1,
                "w",
                END.minusSeconds(1),
                END,
                null);
        return Verdict.of(run, result, effect, THREE_TRIES, uncharged, () -> 0.5);
    }

    private static ActionResult.Failed failed(ErrorClass errorClass, boolean unknown, boolean notAttempted) {
        StepError error = new StepError(errorClass, "code", "message", null, null, null, "advice");
        return new ActionResult.Failed(error, null, unknown, notAttempted);
    }
}
