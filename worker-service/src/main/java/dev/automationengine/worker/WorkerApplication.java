package dev.automationengine.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the worker-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorkerApplication {
    /** The entry point. */
    public static void main(String[] args) {
        SpringApplication.run(WorkerApplication.class, args);
    }
}
