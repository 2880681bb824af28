package dev.automationengine.dispatcher.quota;

import dev.automationengine.dispatcher.plan.QuotaProperties;
import dev.automationengine.kit.background.BackgroundService;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks for held executions that may begin, because a plan or the month has changed. Any number of replicas may do it. */
@Component
class ReleaseRunner implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(ReleaseRunner.class);

    private final HeldExecutions held;
    private final HeldReleases releases;
    private final QuotaProperties properties;
    private final MeterRegistry meters;

    ReleaseRunner(HeldExecutions held, HeldReleases releases, QuotaProperties properties, MeterRegistry meters) {
        this.held = held;
        this.releases = releases;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "held-executions";
    }

    /** A page of each organization that has any. */
    @Override
    public Duration round() {
        boolean any = false;
        Optional<OrgId> org = held.organizationAfter("");
        while (org.isPresent()) {
            any |= release(org.get());
            org = held.organizationAfter(org.get().value());
        }
        return any ? Duration.ZERO : properties.releaseInterval();
    }

    /** One organization's failure holds up nobody else; what is held stays so until the next look. */
    private boolean release(OrgId org) {
        try {
            return releases.release(org) > 0;
        } catch (RuntimeException e) {
            meters.counter("engine.executions.release.failures").increment();
            log.warn("Held executions of {} could not begin and are tried again", org, e);
            return false;
        }
    }
}
