package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** The client for Graph. */
@Configuration(proxyBeanMethods = false)
class SweepConfiguration {
    private static final DataSize LARGEST_ANSWER = DataSize.ofMegabytes(1);
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(5);

    /** Graph's address is the operator's, not a tenant's: it may be in any network. */
    @Bean
    OutboundHttp graphHttp(GraphProperties graph, PollingProperties polling, MeterRegistry meters) {
        return new OutboundHttp(
                OutboundProperties.toOperatorsHost(
                        graph.connectTimeout(), polling.parallel(), LARGEST_ANSWER, BREAKER_PAUSE),
                meters);
    }
}
