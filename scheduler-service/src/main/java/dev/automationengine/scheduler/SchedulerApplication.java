package dev.automationengine.scheduler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the scheduler. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SchedulerApplication {
    /** Starts the scheduler. */
    public static void main(String[] args) {
        SpringApplication.run(SchedulerApplication.class, args);
    }
}
