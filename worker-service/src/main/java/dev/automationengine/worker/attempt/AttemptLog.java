package dev.automationengine.worker.attempt;

import dev.automationengine.model.execution.StepEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what came of attempts. */
final class AttemptLog {
    private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);

    private AttemptLog() {}

    static void write(StepEvent event) {
        switch (event) {
            case StepEvent.Completed completed ->
                log.debug("Attempt {} completed", completed.run().attempt());
            case StepEvent.AttemptFailed failed ->
                log.warn(
                        "Attempt {} failed: {} {}; next at {}",
                        failed.run().attempt(),
                        failed.error().errorClass(),
                        failed.error().loggableCode(),
                        failed.nextAttemptAt());
            case StepEvent.Failed failed ->
                log.warn(
                        "Attempt {} failed for good: {} {}",
                        failed.run().attempt(),
                        failed.error().errorClass(),
                        failed.error().loggableCode());
            case StepEvent.Resumed ignored -> throw new IllegalStateException("a worker resumes nothing");
            case StepEvent.ChildEnded ignored -> throw new IllegalStateException("a worker has no children");
            case StepEvent.Unknown ignored -> throw new IllegalStateException("a worker reports what it knows");
        }
    }
}
