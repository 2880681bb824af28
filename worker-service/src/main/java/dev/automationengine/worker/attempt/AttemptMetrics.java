package dev.automationengine.worker.attempt;

import dev.automationengine.connectors.action.ActionDescriptor;
import dev.automationengine.connectors.action.EffectMode;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts and times attempts. */
@Component
class AttemptMetrics {
    private static final String NONE = "none";

    private static final String UNKNOWN_ACTION = "unknown";

    private final MeterRegistry meters;

    AttemptMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Records an attempt; only names of the catalog become labels, so they are bounded. */
    void record(Optional<ActionDescriptor> action, StepEvent event, Duration took) {
        String outcome = switch (event) {
            case StepEvent.Completed ignored -> "completed";
            case StepEvent.AttemptFailed ignored -> "attempt_failed";
            case StepEvent.Failed ignored -> "failed";
            case StepEvent.Resumed ignored -> "unknown";
            case StepEvent.ChildEnded ignored -> "unknown";
            case StepEvent.Unknown ignored -> "unknown";
        };
        String errorClass = switch (event) {
            case StepEvent.AttemptFailed failed -> label(failed.error().errorClass());
            case StepEvent.Failed failed -> label(failed.error().errorClass());
            case StepEvent.Completed ignored -> NONE;
            case StepEvent.Resumed ignored -> NONE;
            case StepEvent.ChildEnded ignored -> NONE;
            case StepEvent.Unknown ignored -> NONE;
        };
        String name = action.map(ActionDescriptor::name).orElse(UNKNOWN_ACTION);
        meters.timer("engine.worker.attempts", "action", name, "outcome", outcome, "error_class", errorClass)
                .record(took);
    }

    /** Counts an attempt whose earlier holder fell silent. */
    void rescued(String action, EffectMode effect, boolean goesOn) {
        meters.counter(
                        "engine.worker.rescued",
                        "action",
                        action,
                        "effect",
                        effect.name().toLowerCase(Locale.ROOT),
                        "goes_on",
                        Boolean.toString(goesOn))
                .increment();
    }

    /** Counts a job that is given up because too many workers fell silent with it. */
    void workersLost(String action) {
        meters.counter("engine.worker.workers.lost", "action", action).increment();
    }

    private static String label(ErrorClass errorClass) {
        return errorClass.name().toLowerCase(Locale.ROOT);
    }
}
