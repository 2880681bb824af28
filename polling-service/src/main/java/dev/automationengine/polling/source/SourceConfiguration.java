package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.connectors.action.ActionRunner;
import dev.automationengine.connectors.action.PollRunner;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sources are looked at with: addresses that tenants name, so only those that anybody may call. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundProperties.class)
class SourceConfiguration {
    @Bean
    OutboundHttp sourceHttp(OutboundProperties outbound, MeterRegistry meters) {
        return new OutboundHttp(outbound, meters);
    }

    @Bean
    PollRunner pollRunner(
            ActionCatalog catalog,
            @Qualifier("sourceHttp") OutboundHttp http,
            SourceProperties properties,
            InstantSource clock) {
        return new PollRunner(catalog, new ActionRunner(catalog, http, properties.connectorSettings(), clock));
    }
}
