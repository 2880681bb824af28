package dev.automationengine.trigger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The trigger-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
class TriggerApplication {
    public static void main(String[] args) {
        SpringApplication.run(TriggerApplication.class, args);
    }
}
