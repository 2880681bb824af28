package dev.automationengine.kit.kafka;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;

/**
 * Listeners that read a compacted topic from its start in every replica: {@code containerFactory =
 * "wholeTopicListeners"} and a group that is new at each start. The health indicator {@code catchUp} tells when they
 * are through; put it into the readiness group.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(ConcurrentKafkaListenerContainerFactoryConfigurer.class)
public class WholeTopicAutoConfiguration {
    private static final long IDLE_MILLIS = 250;

    @Bean
    CatchUp catchUp() {
        return new CatchUp();
    }

    /** Spring tells it on the consumer's own thread. */
    @Bean
    ApplicationListener<ListenerContainerIdleEvent> catchUpWhileIdle(CatchUp catchUp) {
        return idle -> catchUp.check(idle.getConsumer());
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<Object, Object> wholeTopicListeners(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
            ConsumerFactory<Object, Object> consumers,
            CatchUp catchUp) {
        ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        configurer.configure(factory, consumers);
        factory.getContainerProperties().setConsumerRebalanceListener(catchUp.rebalanceListener());
        factory.setBatchInterceptor(catchUp.progress());
        factory.getContainerProperties().setIdleEventInterval(IDLE_MILLIS);
        factory.getContainerProperties().setPollTimeout(IDLE_MILLIS);
        factory.setContainerCustomizer(container -> catchUp.use());
        return factory;
    }
}
