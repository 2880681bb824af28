package dev.automationengine.kit.kafka;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Listeners that read a compacted topic from its start in every replica: {@code containerFactory =
 * "wholeTopicListeners"} and a group that is new at each start. The health indicator {@code catchUp} tells when they
 * are through; put it into the readiness group.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(ConcurrentKafkaListenerContainerFactoryConfigurer.class)
public class WholeTopicAutoConfiguration {
    @Bean
    CatchUp catchUp() {
        return new CatchUp();
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
        factory.setContainerCustomizer(container -> catchUp.use());
        return factory;
    }
}
