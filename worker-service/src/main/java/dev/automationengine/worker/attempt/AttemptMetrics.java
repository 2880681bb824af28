package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts and times attempts. */
@Component
class AttemptMetrics {
    private static final String NONE = "none";

    private final MeterRegistry meters;

    AttemptMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Records an attempt; {@code action} is a name of the catalog, so the label is bounded. */
    void record(String action, StepEvent event, Duration took) {
        String outcome = switch (event) {
            case StepEvent.Completed ignored -> "completed";
            case StepEvent.AttemptFailed ignored -> "attempt_failed";
            case StepEvent.Failed ignored -> "failed";
            case StepEvent.Unknown ignored -> "unknown";
        };
        String errorClass = switch (event) {
            case StepEvent.AttemptFailed failed -> label(failed.error().errorClass());
            case StepEvent.Failed failed -> label(failed.error().errorClass());
            case StepEvent.Completed ignored -> NONE;
            case StepEvent.Unknown ignored -> NONE;
        };
        meters.timer("engine.worker.attempts", "action", action, "outcome", outcome, "error_class", errorClass)
                .record(took);
    }

    /** Counts an attempt whose earlier holder fell silent. */
    void rescued(String action, boolean repeated) {
        meters.counter("engine.worker.rescued", "action", action, "repeated", Boolean.toString(repeated))
                .increment();
    }

    private static String label(ErrorClass errorClass) {
        return errorClass.name().toLowerCase(Locale.ROOT);
    }
}
