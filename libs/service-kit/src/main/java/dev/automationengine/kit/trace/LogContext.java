package dev.automationengine.kit.trace;

import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Puts the ids that an operator searches by into every log line of a block of work. */
public final class LogContext implements AutoCloseable {
    /** Member of a log line: the organization. */
    public static final String ORG = "org_id";

    /** Member of a log line: the execution. */
    public static final String EXECUTION = "execution_id";

    /** Member of a log line: the step. */
    public static final String STEP = "step_id";

    private LogContext() {}

    /** Opens the block; close it in the same thread. */
    public static LogContext of(OrgId org, @Nullable ExecutionId execution, @Nullable StepId step) {
        MDC.put(ORG, org.value());
        if (execution != null) {
            MDC.put(EXECUTION, execution.value());
        }
        if (step != null) {
            MDC.put(STEP, step.value());
        }
        return new LogContext();
    }

    @Override
    public void close() {
        MDC.remove(ORG);
        MDC.remove(EXECUTION);
        MDC.remove(STEP);
    }
}
