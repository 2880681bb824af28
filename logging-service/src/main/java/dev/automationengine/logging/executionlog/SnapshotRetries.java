package dev.automationengine.logging.executionlog;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What happens to a batch that could not be written. service-kit's handler calls every exception fatal
 * ({@code defaultFalse}), and Spring Kafka then drops the batch and commits it. Here every exception is worth another
 * try: what can never be written has been put aside before.
 */
@Configuration(proxyBeanMethods = false)
class SnapshotRetries {
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    @Bean
    @Primary
    DefaultErrorHandler snapshotsAreNeverDropped() {
        ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
        pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
        DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
