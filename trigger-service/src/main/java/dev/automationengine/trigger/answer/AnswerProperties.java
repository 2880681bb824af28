package dev.automationengine.trigger.answer;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Answers with an outcome.
 *
 * @param mostWaiting most callers that wait at a time; who comes after them is answered at once
 * @param interval between two looks at the executions that somebody waits for, all of them by one query
 */
@ConfigurationProperties("engine.webhook-answer")
record AnswerProperties(
        @DefaultValue("200") int mostWaiting,
        @DefaultValue("50ms") Duration interval) {}
