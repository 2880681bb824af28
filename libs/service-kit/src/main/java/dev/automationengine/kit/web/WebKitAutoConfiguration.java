package dev.automationengine.kit.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Query parameters name the values of enumerations as JSON does: in lower case. */
@AutoConfiguration(before = WebMvcAutoConfiguration.class)
public class WebKitAutoConfiguration {
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
