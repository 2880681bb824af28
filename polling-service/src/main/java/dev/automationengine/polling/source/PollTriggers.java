package dev.automationengine.polling.source;

import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sources that active workflows name, in memory. Its content is the compacted topic of workflow changes. Thread-safe. */
@Component
public class PollTriggers {
    private final ConcurrentMap<String, PollTrigger> byWorkflow = new ConcurrentHashMap<>();

    PollTriggers(MeterRegistry meters) {
        meters.gauge("engine.polling.sources", byWorkflow, ConcurrentMap::size);
    }

    /** Takes over a change; null: the workflow is gone. */
    public void apply(String key, @Nullable WorkflowChange change) {
        Optional<PollTrigger> trigger = change == null ? Optional.empty() : PollTrigger.of(change);
        trigger.ifPresentOrElse(found -> byWorkflow.put(key, found), () -> byWorkflow.remove(key));
    }

    List<PollTrigger> all() {
        return List.copyOf(byWorkflow.values());
    }
}
