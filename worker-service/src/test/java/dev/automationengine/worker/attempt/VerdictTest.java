package dev.automationengine.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.OnUnknown;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepRun;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
    private static final Instant END = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void a_failure_that_may_pass_is_tried_again_while_attempts_are_left() {
        assertThat(verdict(1, ErrorClass.OUTAGE, false, EffectMode.UNSAFE, OnUnknown.HOLD))
                .isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(2, ErrorClass.OUTAGE, false, EffectMode.UNSAFE, OnUnknown.HOLD))
                .isInstanceOf(StepEvent.AttemptFailed.class);
        assertThat(verdict(3, ErrorClass.OUTAGE, false, EffectMode.UNSAFE, OnUnknown.HOLD))
                .isInstanceOf(StepEvent.Failed.class);
    }

    @ParameterizedTest
    @EnumSource(ErrorClass.class)
    void the_error_class_decides_whether_there_is_another_try(ErrorClass errorClass) {
        StepEvent event = verdict(1, errorClass, false, EffectMode.KEYED, OnUnknown.HOLD);
        assertThat(event instanceof StepEvent.AttemptFailed).isEqualTo(errorClass.retryable());
    }

    @ParameterizedTest
    @EnumSource(EffectMode.class)
    void what_may_have_happened_is_held_only_if_it_is_unsafe(EffectMode effect) {
        StepEvent event = verdict(1, ErrorClass.TIMEOUT, true, effect, OnUnknown.HOLD);
        assertThat(event instanceof StepEvent.AttemptFailed).isEqualTo(effect != EffectMode.UNSAFE);
        if (event instanceof StepEvent.Failed failed) {
            assertThat(failed.error().code()).isEqualTo(StepErrors.OUTCOME_UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(EffectMode.class)
    void an_author_who_would_rather_have_it_twice_gets_another_try_in_every_mode(EffectMode effect) {
        assertThat(verdict(1, ErrorClass.TIMEOUT, true, effect, OnUnknown.REPEAT))
                .isInstanceOf(StepEvent.AttemptFailed.class);
    }

    private static StepEvent verdict(
            int attempt, ErrorClass errorClass, boolean unknown, EffectMode effect, OnUnknown onUnknown) {
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
        StepError error = new StepError(errorClass, "code", "message", null, null, null, "advice");
        RetryPolicy threeTries = new RetryPolicy(RetryPolicy.Strategy.FIXED, 3, null, null);
        StepWork work = new StepWork("A", Map.of(), null, threeTries, Duration.ofSeconds(1), null, onUnknown);
        ActionResult.Failed failed = new ActionResult.Failed(error, unknown);
        return Verdict.of(run, failed, effect, work, Spent.NOTHING, () -> 0.5);
    }
}
