package dev.automationengine.trigger.lead;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundProperties;
import dev.automationengine.trigger.meta.MetaProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.util.unit.DataSize;

/** The client for Graph and the listeners of retries. */
@Configuration(proxyBeanMethods = false)
class LeadConfiguration {
    private static final int CONNECTIONS = 64;
    private static final Duration BREAKER_PAUSE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 250;
    private static final DataSize LARGEST_ANSWER = DataSize.ofMegabytes(8);

    /** Graph's address is the operator's, not a tenant's: it may be in any network. */
    @Bean
    OutboundHttp graphHttp(MetaProperties meta, MeterRegistry meters) {
        return new OutboundHttp(
                OutboundProperties.toOperatorsHost(meta.connectTimeout(), CONNECTIONS, LARGEST_ANSWER, BREAKER_PAUSE),
                meters);
    }

    /** Offsets are acknowledged by hand: a batch may be due in part. */
    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> leadRetryListeners(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer, ConsumerFactory<Object, Object> consumers) {
        ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        configurer.configure(factory, consumers);
        factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.MANUAL);
        // What is not due ends a batch: it must hold up those behind it in its partition only.
        factory.getContainerProperties().setSubBatchPerPartition(true);
        // A pause ends between two polls, so a poll must not wait much longer than a lead is late.
        factory.getContainerProperties().setPollTimeout(POLL_MILLIS);
        return factory;
    }
}
