package dev.automationengine.kit.background;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Runs every {@link BackgroundService} of a service, each in a loop of its own. */
@AutoConfiguration
public class BackgroundKitAutoConfiguration {
    @Bean
    BackgroundLoops backgroundLoops(ObjectProvider<BackgroundService> services, MeterRegistry meters) {
        return new BackgroundLoops(
                services.stream().map(each -> new BackgroundLoop(each, meters)).toList());
    }
}
