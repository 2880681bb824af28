package dev.automationengine.dispatcher.trial;

import dev.automationengine.kit.background.BackgroundService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks for pages of replays that are due. Any number of replicas may do it at the same time. */
@Component
class ReplayRunner implements BackgroundService {
    private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);

    /** The most replays that are looked at in a round, the longest waiting first. */
    private static final int ROUND = 20;

    private final ReplayStore store;
    private final ReplayPages pages;
    private final ReplayProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ReplayRunner(
            ReplayStore store,
            ReplayPages pages,
            ReplayProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.pages = pages;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "replays";
    }

    @Override
    public Duration round() {
        boolean any = false;
        for (Replay due : store.due(clock.instant(), ROUND)) {
            any |= page(due);
        }
        return any ? Duration.ZERO : properties.interval();
    }

    /** A page that fails is done again when its lease is over. */
    private boolean page(Replay due) {
        try {
            return pages.next(due);
        } catch (RuntimeException e) {
            meters.counter("engine.replay.failures").increment();
            log.warn("A page of replay {} of {} failed and comes again", due.id(), due.orgId(), e);
            return false;
        }
    }
}
