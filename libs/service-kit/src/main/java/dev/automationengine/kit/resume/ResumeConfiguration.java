package dev.automationengine.kit.resume;

import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Imported by the services that make or take links, and found by no scan: the others have no part in the keys. */
@EnableConfigurationProperties(ResumeProperties.class)
public class ResumeConfiguration {
    @Bean
    ResumeTokens resumeTokens(ResumeProperties properties, InstantSource clock) {
        return new ResumeTokens(properties.keys(), clock);
    }
}
