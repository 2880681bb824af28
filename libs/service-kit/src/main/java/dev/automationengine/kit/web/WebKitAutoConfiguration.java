package dev.automationengine.kit.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What all controllers share: limits of bodies, and names of enumerations in lower case, as JSON has them. */
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
@EnableConfigurationProperties(InboundProperties.class)
public class WebKitAutoConfiguration {
    @Bean
    Bodies bodies(MeterRegistry meters) {
        return new Bodies(meters);
    }

    @Bean
    BodyLimits bodyLimits(InboundProperties properties, Bodies bodies) {
        return new BodyLimits(properties, bodies);
    }

    @Bean
    WebMvcConfigurer lenientEnumerations() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                ApplicationConversionService.addApplicationConverters(registry);
            }
        };
    }
}
