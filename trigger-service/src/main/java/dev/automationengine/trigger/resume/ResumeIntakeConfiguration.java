package dev.automationengine.trigger.resume;

import dev.automationengine.kit.resume.ResumeConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The keys that links are checked with. */
@Configuration(proxyBeanMethods = false)
@Import(ResumeConfiguration.class)
class ResumeIntakeConfiguration {}
