package dev.automationengine.dispatcher.quota;

import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.execution.ExecutionStore;
import dev.automationengine.dispatcher.execution.HeldBeginnings;
import dev.automationengine.dispatcher.quota.ExecutionQuota.Admission;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins held executions of an organization as far as its plan has room. */
@Component
class HeldReleases {
    private static final Logger log = LoggerFactory.getLogger(HeldReleases.class);
    private static final int PAGE = 100;

    private final HeldExecutions held;
    private final ExecutionStore store;
    private final ExecutionQuota quota;
    private final HeldBeginnings beginnings;
    private final MeterRegistry meters;

    HeldReleases(
            HeldExecutions held,
            ExecutionStore store,
            ExecutionQuota quota,
            HeldBeginnings beginnings,
            MeterRegistry meters) {
        this.held = held;
        this.store = store;
        this.quota = quota;
        this.beginnings = beginnings;
        this.meters = meters;
    }

    /** Begins a page of them, the oldest first; tells how many have begun. */
    int release(OrgId org) {
        List<ExecutionId> page = held.oldest(org, PAGE);
        Map<ExecutionId, Execution> touched = store.begun(org, page);
        List<ExecutionId> waiting =
                page.stream().filter(id -> !touched.containsKey(id)).toList();
        List<ExecutionId> next = waiting.stream().limit(quota.room(org)).toList();
        Map<ExecutionId, Execution> found = find(org, next);
        Admission admission = quota.admit(Map.of(org, found.size()));
        List<Execution> now =
                new ArrayList<>(found.values().stream().limit(admission.of(org)).toList());
        // Somebody began these and died before their jobs were queued, or a person has cancelled them.
        touched.values().stream().filter(each -> !each.status().terminal()).forEach(now::add);
        HeldBeginnings.Begun begun = beginnings.begin(now);
        quota.giveBack(admission, Map.of(org, begun.begun()));
        held.remove(org, done(touched, next, found, begun));
        tell(org, begun.begun());
        return begun.begun();
    }

    private Map<ExecutionId, Execution> find(OrgId org, List<ExecutionId> ids) {
        Map<ExecutionId, OrgId> wanted = new LinkedHashMap<>();
        ids.forEach(id -> wanted.put(id, org));
        return store.find(wanted);
    }

    private static Set<ExecutionId> done(
            Map<ExecutionId, Execution> touched,
            List<ExecutionId> next,
            Map<ExecutionId, Execution> found,
            HeldBeginnings.Begun begun) {
        Set<ExecutionId> done = new HashSet<>(begun.done());
        touched.values().stream()
                .filter(each -> each.status().terminal())
                .map(Execution::id)
                .forEach(done::add);
        next.stream().filter(id -> !found.containsKey(id)).forEach(done::add);
        return done;
    }

    private void tell(OrgId org, int number) {
        if (number > 0) {
            meters.counter("engine.executions.released").increment(number);
            log.info("{} held executions of {} have begun", number, org);
        }
    }
}
