package dev.automationengine.dispatcher.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.dispatcher.execution.Advanced;
import dev.automationengine.dispatcher.execution.Consequences.Settled;
import dev.automationengine.dispatcher.execution.Execution;
import dev.automationengine.dispatcher.quota.ExecutionQuota.Admission;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stands before executions that events begin. Beyond the limit of a plan they are recorded and held, so that the event,
 * which was accepted, is not lost. Executions that people or other executions start are not counted.
 */
@Component
public class QuotaGate {
    private static final Logger log = LoggerFactory.getLogger(QuotaGate.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final long MOST_QUIET = 10_000;

    private final ExecutionQuota quota;
    private final HeldExecutions held;
    private final MeterRegistry meters;
    private final Cache<OrgId, Boolean> toldOf = Caffeine.newBuilder()
            .maximumSize(MOST_QUIET)
            .expireAfterWrite(QUIET)
            .build();

    QuotaGate(ExecutionQuota quota, HeldExecutions held, MeterRegistry meters) {
        this.quota = quota;
        this.held = held;
        this.meters = meters;
    }

    /**
     * What is to be stored.
     *
     * @param executions all of them, those beyond a limit as executions that have not begun
     * @param admission what was counted for the others
     */
    public record Gated(List<Settled> executions, Admission admission) {
        /** Copies the list. */
        public Gated {
            executions = List.copyOf(executions);
        }
    }

    /** Counts executions that are about to begin, and takes the beginning from those beyond a limit. */
    public Gated pass(List<Settled> begun) {
        Map<OrgId, Integer> wanted = numbers(begun);
        Admission admission = quota.admit(wanted);
        Map<OrgId, Integer> left = new HashMap<>(admission.counted());
        List<Settled> gated = new ArrayList<>();
        for (Settled each : begun) {
            boolean may = left.merge(each.before().orgId(), -1, Integer::sum) >= 0;
            gated.add(may ? each : held(each));
        }
        return new Gated(gated, admission);
    }

    /**
     * To be called before the events are done with.
     *
     * @param gated what was to be stored
     * @param stored what is: of executions that were there already, those as they stand
     */
    public void stored(Gated gated, List<Settled> stored) {
        Set<Settled> given = Collections.newSetFromMap(new IdentityHashMap<>());
        given.addAll(gated.executions());
        List<Settled> fresh = stored.stream().filter(given::contains).toList();
        quota.giveBack(
                gated.admission(),
                numbers(fresh.stream().filter(each -> !isHeld(each)).toList()));
        held.add(stored.stream()
                .filter(QuotaGate::isHeld)
                .map(each -> each.advanced().next())
                .toList());
        numbers(fresh.stream().filter(QuotaGate::isHeld).toList()).forEach(this::tell);
    }

    private void tell(OrgId org, int number) {
        meters.counter("engine.executions.held").increment(number);
        if (toldOf.asMap().putIfAbsent(org, true) == null) {
            log.warn("{} has used up the executions of its plan for this month: executions are held", org);
            meters.counter("engine.quotas.reached", "quota", "executions").increment();
        }
    }

    private static Settled held(Settled begun) {
        Execution pending = begun.before();
        return new Settled(pending, new Advanced(pending, List.of(), true), begun.definition(), begun.traceparent());
    }

    private static boolean isHeld(Settled settled) {
        return settled.advanced().next().held();
    }

    private static Map<OrgId, Integer> numbers(List<Settled> executions) {
        return executions.stream()
                .collect(Collectors.groupingBy(each -> each.before().orgId(), Collectors.summingInt(each -> 1)));
    }
}
