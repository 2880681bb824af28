package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The client for Graph. */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {
    private static final DataSize LARGEST_ANSWER = DataSize.ofMegabytes(1);
    private static final int BREAKER_CALLS = 20;
    private static final int BREAKER_FAILURE_RATE = 50;
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(5);

    /** Graph's address is the operator's, not a tenant's: it may be in any network. */
    @Bean
    OutboundHttp graphHttp(GraphProperties graph, PollingProperties polling, MeterRegistry meters) {
        return new OutboundHttp(
                new OutboundProperties(
                        List.of("0.0.0.0/0", "::/0"),
                        graph.connectTimeout(),
                        polling.parallel(),
                        polling.parallel(),
                        LARGEST_ANSWER,
                        BREAKER_CALLS,
                        BREAKER_FAILURE_RATE,
                        BREAKER_PAUSE),
                meters);
    }
}
