package dev.automationengine.scheduler;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queue that all rounds of this service work on. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobQueueProperties.class)
class QueueConfiguration {
    @Bean
    RedisJobQueue jobQueue(RedissonClient redisson, JobQueueProperties properties, MeterRegistry meters) {
        return new RedisJobQueue(redisson, properties, meters);
    }
}
