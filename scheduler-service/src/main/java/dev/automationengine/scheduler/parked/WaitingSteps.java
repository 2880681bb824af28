package dev.automationengine.scheduler.parked;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.jobqueue.NewJob;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/**
 * Tells by the dispatcher's {@code executions} which jobs somebody still waits for. A message that is read once more
 * after days would otherwise start an attempt again that is long over, and a cancelled execution's job would travel
 * through the queue for nothing.
 */
@Repository
class WaitingSteps {
    private static final String EXECUTIONS = "executions";
    private static final Set<String> RUNNING = Set.of("pending", "in_progress");
    private static final Set<String> WAITING = Set.of("queued", "retrying");

    private final MongoTemplate mongo;

    WaitingSteps(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Those whose step waits for exactly this attempt, or for a later one that nobody parked; one round trip. */
    List<NewJob> awaited(List<NewJob> jobs) {
        Query query = Query.query(where("_id")
                .in(jobs.stream()
                        .map(job -> job.id().execution().value())
                        .distinct()
                        .toList())
                .and("org_id")
                .in(jobs.stream().map(job -> job.org().value()).distinct().toList()));
        query.fields().include("org_id", "status");
        jobs.stream().map(job -> job.id().step().value()).distinct().forEach(step -> {
            String path = "steps." + step + ".";
            query.fields().include(path + "status", path + "epoch", path + "attempts.number");
        });
        Map<String, Document> executions = new HashMap<>();
        mongo.find(query, Document.class, EXECUTIONS)
                .forEach(execution -> executions.put(execution.getString("_id"), execution));
        return jobs.stream()
                .filter(job -> awaits(executions.get(job.id().execution().value()), job))
                .toList();
    }

    private static boolean awaits(@Nullable Document execution, NewJob job) {
        if (execution == null
                || !job.org().value().equals(execution.getString("org_id"))
                || !RUNNING.contains(execution.getString("status"))) {
            return false;
        }
        Document step =
                execution.get("steps", new Document()).get(job.id().step().value(), new Document());
        int last = step.getList("attempts", Document.class, List.of()).stream()
                .mapToInt(attempt -> attempt.getInteger("number", 0))
                .max()
                .orElse(0);
        return WAITING.contains(String.valueOf(step.getString("status")))
                && step.getInteger("epoch", 0) == job.id().epoch()
                && last < job.attempt();
    }
}
