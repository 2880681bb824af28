package dev.automationengine.scheduler;

import dev.automationengine.jobqueue.JobQueueProperties;
import dev.automationengine.jobqueue.RedisJobQueue;
import dev.automationengine.scheduler.background.BackgroundLoop;
import dev.automationengine.scheduler.depth.DepthGauges;
import dev.automationengine.scheduler.parked.PageIn;
import dev.automationengine.scheduler.parked.ParkedMetrics;
import dev.automationengine.scheduler.promotion.DelayedJobPromoter;
import dev.automationengine.scheduler.recovery.QueueRebuilder;
import dev.automationengine.scheduler.rescue.LeaseRescuer;
import dev.automationengine.scheduler.schedule.ScheduleClock;
import io.micrometer.core.instrument.MeterRegistry;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queue, and a loop for each background service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobQueueProperties.class)
class SchedulerLoops {
    @Bean
    RedisJobQueue jobQueue(RedissonClient redisson, JobQueueProperties properties, MeterRegistry meters) {
        return new RedisJobQueue(redisson, properties, meters);
    }

    @Bean
    BackgroundLoop promotion(DelayedJobPromoter promoter, MeterRegistry meters) {
        return new BackgroundLoop(promoter, meters);
    }

    @Bean
    BackgroundLoop rescue(LeaseRescuer rescuer, MeterRegistry meters) {
        return new BackgroundLoop(rescuer, meters);
    }

    @Bean
    BackgroundLoop recovery(QueueRebuilder rebuilder, MeterRegistry meters) {
        return new BackgroundLoop(rebuilder, meters);
    }

    @Bean
    BackgroundLoop pageInOfParkedJobs(PageIn pageIn, MeterRegistry meters) {
        return new BackgroundLoop(pageIn, meters);
    }

    @Bean
    BackgroundLoop countOfParkedJobs(ParkedMetrics gauge, MeterRegistry meters) {
        return new BackgroundLoop(gauge, meters);
    }

    @Bean
    BackgroundLoop schedules(ScheduleClock clock, MeterRegistry meters) {
        return new BackgroundLoop(clock, meters);
    }

    @Bean
    BackgroundLoop depth(DepthGauges gauges, MeterRegistry meters) {
        return new BackgroundLoop(gauges, meters);
    }
}
