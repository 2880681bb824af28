package dev.automationengine.worker.attempt;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.worker.lease.HeldJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what claimed jobs have to do, of all of them with one query, from the dispatcher's {@code executions}. */
@Component
public class WorkLoader {
    private static final String COLLECTION = "executions";
    private static final Logger log = LoggerFactory.getLogger(WorkLoader.class);

    private final MongoOperations mongo;
    private final JsonMapper json;
    private final MeterRegistry meters;

    WorkLoader(MongoOperations mongo, JsonMapper json, MeterRegistry meters) {
        this.mongo = mongo;
        this.json = json;
        this.meters = meters;
    }

    /**
     * Loads the work of jobs.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public List<Loaded> load(List<HeldJob> jobs) {
        Map<String, Document> executions = mongo.find(query(jobs), Document.class, COLLECTION).stream()
                .collect(Collectors.toMap(execution -> execution.getString("_id"), Function.identity()));
        return jobs.stream()
                .map(job ->
                        loaded(job, executions.get(job.job().id().execution().value())))
                .toList();
    }

    private static Query query(List<HeldJob> jobs) {
        Set<String> ids =
                jobs.stream().map(job -> job.job().id().execution().value()).collect(Collectors.toSet());
        Set<String> orgs = jobs.stream().map(job -> job.job().org().value()).collect(Collectors.toSet());
        Query query = Query.query(where("_id").in(ids).and("org_id").in(orgs));
        query.fields().include("org_id", "workflow_id", "status");
        jobs.stream().map(job -> job.job().id().step().value()).distinct().forEach(step -> {
            String path = "steps." + step + ".";
            query.fields().include(path + "status", path + "epoch", path + "work", path + "attempts");
        });
        return query;
    }

    private Loaded loaded(HeldJob job, @Nullable Document execution) {
        JobId id = job.job().id();
        OrgId org = job.job().org();
        if (execution == null || !org.value().equals(execution.getString("org_id"))) {
            return obsolete(job, "execution_gone");
        }
        if (status(ExecutionStatus.class, execution).terminal()) {
            return obsolete(job, "execution_ended");
        }
        Document step = execution.get("steps", new Document()).get(id.step().value(), new Document());
        Object work = step.get("work");
        if (work == null) {
            return obsolete(job, "no_work");
        }
        if (status(StepStatus.class, step).terminal()) {
            return obsolete(job, "step_ended");
        }
        if (step.getInteger("epoch", id.epoch()) != id.epoch()) {
            return obsolete(job, "epoch_passed");
        }
        WorkflowId workflow = new WorkflowId(execution.getString("workflow_id"));
        try {
            return new Loaded.Ready(
                    job, workflow, json.convertValue(work, StepWork.class), spent(step), traceparent(job));
        } catch (JacksonException | IllegalArgumentException e) {
            // Without the exception: its text quotes the content.
            described(job).log("The work of a step cannot be read");
            return new Loaded.Unreadable(job, workflow);
        }
    }

    private Loaded obsolete(HeldJob job, String reason) {
        meters.counter("engine.worker.jobs.obsolete", "reason", reason).increment();
        described(job).addKeyValue("reason", reason).log("A job is completed without acting");
        return new Loaded.Obsolete(job, reason);
    }

    private static LoggingEventBuilder described(HeldJob job) {
        return log.atWarn()
                .addKeyValue("org_id", job.job().org())
                .addKeyValue("execution_id", job.job().id().execution())
                .addKeyValue("step_id", job.job().id().step());
    }

    private static <E extends Enum<E>> E status(Class<E> type, Document document) {
        return Enum.valueOf(type, document.get("status", "pending").toUpperCase(Locale.ROOT));
    }

    private static Spent spent(Document step) {
        List<Document> attempts = step.getList("attempts", Document.class, List.of());
        return new Spent(tries(attempts, "throttled"), tries(attempts, "authentication"));
    }

    private static Spent.Tries tries(List<Document> attempts, String errorClass) {
        List<Document> failed = attempts.stream()
                .filter(attempt ->
                        errorClass.equals(attempt.get("error", new Document()).getString("error_class")))
                .toList();
        return failed.isEmpty()
                ? Spent.Tries.NONE
                : new Spent.Tries(
                        failed.size(), failed.getFirst().getDate("started_at").toInstant());
    }

    private @Nullable String traceparent(HeldJob job) {
        try {
            return json.readValue(job.job().payload(), JobReference.class).traceparent();
        } catch (JacksonException | IllegalArgumentException e) {
            // A trace is worth less than the step: it goes on in a new one.
            return null;
        }
    }
}
