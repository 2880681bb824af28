package dev.automationengine.dispatcher.quota;

import dev.automationengine.dispatcher.plan.QuotaProperties;
import dev.automationengine.dispatcher.plan.Subscription;
import dev.automationengine.dispatcher.plan.Subscriptions;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How many executions may begin. They are counted before they are stored, and what was counted too much is given back: so
 * all replicas together never begin more than a plan allows. A dispatcher that dies in between leaves at most a batch
 * counted twice.
 */
@Component
class ExecutionQuota {
    private static final Logger log = LoggerFactory.getLogger(ExecutionQuota.class);

    private final Usages usages;
    private final Subscriptions subscriptions;
    private final QuotaProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ExecutionQuota(
            Usages usages,
            Subscriptions subscriptions,
            QuotaProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.usages = usages;
        this.subscriptions = subscriptions;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * How many executions were counted.
     *
     * @param month in which month
     * @param counted how many of each organization; they may begin
     */
    record Admission(YearMonth month, Map<OrgId, Integer> counted) {
        /** Copies the numbers. */
        Admission {
            counted = Map.copyOf(counted);
        }

        int of(OrgId org) {
            return counted.getOrDefault(org, 0);
        }
    }

    /** Counts as many executions as may begin, by one write and one query whatever the number of organizations. */
    Admission admit(Map<OrgId, Integer> wanted) {
        YearMonth month = month();
        usages.add(month, wanted);
        Map<OrgId, Subscription> plans = subscriptions.of(wanted.keySet());
        List<OrgId> limited = plans.keySet().stream()
                .filter(org -> plan(plans, org).quota().executionsPerMonth() != null)
                .toList();
        Map<OrgId, Long> used = usages.of(month, limited);
        Map<OrgId, Integer> counted = new HashMap<>(wanted);
        Map<OrgId, Integer> tooMany = new HashMap<>();
        for (OrgId org : limited) {
            int asked = wanted.getOrDefault(org, 0);
            long limit = Objects.requireNonNull(plan(plans, org).quota().executionsPerMonth());
            long after = used.getOrDefault(org, 0L);
            int over = (int) Math.clamp(after - limit, 0, asked);
            counted.put(org, asked - over);
            tooMany.put(org, -over);
            warn(org, plan(plans, org), limit, after - asked, after - over);
        }
        usages.add(month, tooMany);
        return new Admission(month, counted);
    }

    /** Gives back what was counted and did not begin. */
    void giveBack(Admission admission, Map<OrgId, Integer> begun) {
        Map<OrgId, Integer> back = new HashMap<>();
        admission.counted().forEach((org, number) -> back.put(org, begun.getOrDefault(org, 0) - number));
        usages.add(admission.month(), back);
    }

    /** How many more may begin now. */
    long room(OrgId org) {
        Long limit = subscriptions.of(org).quota().executionsPerMonth();
        return limit == null ? Long.MAX_VALUE : Math.max(0, limit - used(org));
    }

    /** How many have begun this month. */
    long used(OrgId org) {
        return usages.of(month(), Set.of(org)).getOrDefault(org, 0L);
    }

    /** From how many on a warning is given. */
    long warnedFrom(long limit) {
        return Math.ceilDiv(limit * properties.warnPercent(), 100);
    }

    /** The month that is counted. */
    YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private void warn(OrgId org, Subscription subscription, long limit, long before, long after) {
        long from = warnedFrom(limit);
        if (before < from && after >= from) {
            meters.counter("engine.quotas.near", "quota", "executions").increment();
            log.warn(
                    "{} has begun {} of the {} executions a month of its plan {}",
                    org,
                    after,
                    limit,
                    subscription.plan().label());
        }
    }

    private static Subscription plan(Map<OrgId, Subscription> plans, OrgId org) {
        return Objects.requireNonNull(plans.get(org));
    }
}
