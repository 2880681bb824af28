package dev.automationengine.worker.attempt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.automationengine.connectors.action.ActionResult;
import dev.automationengine.connectors.action.ConnectorProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Actions that jobs ask for and this worker does not know. A connector, or a version of the engine, reaches some processes
 * before others: such jobs wait a while, uncharged, for this worker to learn or another one to take them.
 */
@Component
class UnknownActions {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MOST = 1_000;
    private static final Logger log = LoggerFactory.getLogger(UnknownActions.class);

    private final Cache<String, Instant> firstAsked;
    private final Duration wait;
    private final InstantSource clock;

    UnknownActions(ConnectorProperties properties, InstantSource clock) {
        this.wait = properties.unknownWait();
        this.clock = clock;
        // Asked for anew long after: that is another rollout.
        this.firstAsked = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(wait.plus(wait))
                .build();
    }

    /** How the job waits; empty: it has been long enough, the action is unknown. */
    Optional<ActionResult.Postponed> wait(String action) {
        Instant now = clock.instant();
        Instant since = firstAsked.get(action, unseen -> {
            log.warn("No connector here knows the action {}: jobs that ask for it wait up to {}", action, wait);
            return now;
        });
        return now.isBefore(since.plus(wait))
                ? Optional.of(new ActionResult.Postponed(ActionResult.Reason.ACTION_UNKNOWN, PAUSE))
                : Optional.empty();
    }
}
