package dev.automationengine.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Primary;

/** The time of the gateway under test: the real one and what a test adds to it. */
@Primary
final class MovableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    void reset() {
        ahead = Duration.ZERO;
    }
}
