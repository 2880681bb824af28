package dev.automationengine.dispatcher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the dispatcher. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DispatcherApplication {
    /** Runs until it is told to stop. */
    public static void main(String[] args) {
        SpringApplication.run(DispatcherApplication.class, args);
    }
}
