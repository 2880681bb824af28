package dev.automationengine.kit.resume;

import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imported by the services that make or take links; the others have no part in the keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ResumeProperties.class)
public class ResumeConfiguration {
    @Bean
    ResumeTokens resumeTokens(ResumeProperties properties, InstantSource clock) {
        return new ResumeTokens(properties.keys(), clock);
    }
}
