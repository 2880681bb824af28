package dev.automationengine.trigger.resume;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.resume.ResumeToken;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Reads what a waiting step asks, from the dispatcher's {@code executions} by their id. It does not stand in the link,
 * because links get into logs and histories.
 */
@Component
class OpenQuestions {
    /** A link may be opened before the step that it answers has begun to wait; its words are not known then. */
    private static final Set<String> OPEN = Set.of("pending", "queued");

    private final MongoOperations mongo;

    OpenQuestions(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * The words of the question.
     *
     * @throws ProblemException 410 if nobody waits for the answer any more
     */
    String message(ResumeToken link) {
        String step = "steps." + link.jobId().step();
        Document execution = mongo.getCollection("executions")
                .find(and(
                        eq("_id", link.jobId().execution().value()),
                        eq("org_id", link.orgId().value())))
                .projection(include(step + ".status", step + ".epoch", step + ".work.input.message"))
                .first();
        Document state = execution == null
                ? null
                : execution.getEmbedded(List.of("steps", link.jobId().step().value()), Document.class);
        if (state == null
                || !OPEN.contains(state.getString("status"))
                || state.getInteger("epoch", 0) != link.jobId().epoch()) {
            throw new ProblemException(
                    Problem.GONE, "This question has been answered, or nobody waits for it any more.");
        }
        @Nullable String message = state.getEmbedded(List.of("work", "input", "message"), String.class);
        return message == null ? "" : message;
    }
}
