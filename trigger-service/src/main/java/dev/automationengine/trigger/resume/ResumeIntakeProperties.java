package dev.automationengine.trigger.resume;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Answers to waiting steps.
 *
 * @param maxBody most bytes of an answer's body; it becomes the step's output
 */
@ConfigurationProperties("engine.resume-intake")
record ResumeIntakeProperties(@DefaultValue("256KB") DataSize maxBody) {}
