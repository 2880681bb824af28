package dev.automationengine.logging;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the logging service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LoggingApplication {
    /** Starts the logging service. */
    public static void main(String[] args) {
        SpringApplication.run(LoggingApplication.class, args);
    }
}
