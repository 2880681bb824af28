package dev.automationengine.trigger.resume;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.resume.ResumeToken.Kind;
import dev.automationengine.kit.resume.ResumeTokens;
import dev.automationengine.kit.resume.ResumeTokens.Checked;
import dev.automationengine.kit.trace.LogContext;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says which links are ours; it needs no database for it. */
@Component
class Links {
    /** Counts answers by kind and result. */
    static final String RESUMES = "engine.trigger.resumes";

    private static final Logger log = LoggerFactory.getLogger(Links.class);

    private final ResumeTokens tokens;
    private final MeterRegistry meters;

    Links(ResumeTokens tokens, MeterRegistry meters) {
        this.tokens = tokens;
        this.meters = meters;
    }

    /**
     * What a link lets its holder do.
     *
     * @throws ProblemException 404 if we did not sign it, 410 if its time is over
     */
    ResumeToken any(String text) {
        return switch (tokens.check(text)) {
            case Checked.Valid valid -> valid.token();
            case Checked.Expired expired -> throw expired(expired.token());
            case Checked.Forged forged -> {
                // No more is said: the text may be somebody's secret, mistyped.
                log.info("A link that was not signed here was refused");
                meters.counter(RESUMES, "kind", "unknown", "result", "forged").increment();
                throw ProblemException.notFound("link");
            }
        };
    }

    /**
     * What a link lets a person decide.
     *
     * @throws ProblemException as {@link #any}; 404 for a callback, which machines call by POST
     */
    ResumeToken approval(String text) {
        ResumeToken link = any(text);
        if (link.kind() != Kind.APPROVAL) {
            throw ProblemException.notFound("page");
        }
        return link;
    }

    private ProblemException expired(ResumeToken token) {
        try (LogContext ids = LogContext.of(
                token.orgId(), token.jobId().execution(), token.jobId().step())) {
            log.info("An answer came after the step's time was over");
        }
        meters.counter(RESUMES, "kind", AnswerIntake.label(token), "result", "expired")
                .increment();
        return new ProblemException(Problem.GONE, "The time to answer is over.");
    }
}
