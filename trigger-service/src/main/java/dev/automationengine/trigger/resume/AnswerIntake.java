package dev.automationengine.trigger.resume;

import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.kafka.PublishFailedException;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes an answer durable: when it returns, all replicas of Kafka have it. */
@Component
class AnswerIntake {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(AnswerIntake.class);

    private final FactPublisher facts;
    private final MeterRegistry meters;

    AnswerIntake(FactPublisher facts, MeterRegistry meters) {
        this.facts = facts;
        this.meters = meters;
    }

    /**
     * Accepts an answer.
     *
     * @throws ProblemException 503 if Kafka did not confirm it: whoever sent it tries again
     */
    void accept(ResumeToken link, StepEvent.Resumed answer) {
        try (LogContext ids = LogContext.of(
                answer.orgId(), answer.jobId().execution(), answer.jobId().step())) {
            facts.publish(List.of(
                    new Fact(Topic.STEP_EVENTS, answer.jobId().execution().value(), answer)));
            log.info("Answer to a waiting step taken by {}", label(link));
            count(link, "accepted");
        } catch (PublishFailedException e) {
            count(link, "unavailable");
            throw ProblemException.unavailable("The answer could not be stored. Send it again.", RETRY_AFTER, e);
        }
    }

    static String label(ResumeToken link) {
        return link.kind().name().toLowerCase(Locale.ROOT);
    }

    private void count(ResumeToken link, String result) {
        meters.counter(Links.RESUMES, "kind", label(link), "result", result).increment();
    }
}
