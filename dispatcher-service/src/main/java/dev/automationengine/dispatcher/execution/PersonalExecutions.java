package dev.automationengine.dispatcher.execution;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import dev.automationengine.dispatcher.deadletter.PersonalDeadLetters;
import dev.automationengine.dispatcher.workflow.WorkflowCache;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.privacy.PersonalCollection;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.trace.LogContext;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Takes people out of executions. One that is under way is cancelled first: without its data it could only do harm. The
 * snapshot without the person has a higher revision than any with him, so it wins in the log.
 */
@Component
class PersonalExecutions implements PersonalCollection {
    private static final Logger log = LoggerFactory.getLogger(PersonalExecutions.class);
    private static final int MAX_ROUNDS = 20;
    private static final String STEPS = ExecutionDocuments.STEPS;
    private static final String LOG = "execution_logs";
    private static final String ANY = "*";
    private static final String ERROR = "error";
    private static final List<List<String>> PAYLOADS = List.of(
            List.of("trigger"),
            List.of(STEPS, ANY, "work", "input"),
            List.of(STEPS, ANY, "output"),
            List.of(STEPS, ANY, ERROR, "request"),
            List.of(STEPS, ANY, ERROR, "answer"),
            List.of(STEPS, ANY, ERROR, "message"),
            List.of(STEPS, ANY, "attempts", ANY, ERROR, "request"),
            List.of(STEPS, ANY, "attempts", ANY, ERROR, "answer"),
            List.of(STEPS, ANY, "attempts", ANY, ERROR, "message"),
            List.of(STEPS, ANY, "fan", "items"),
            List.of(STEPS, ANY, "fan", "with"),
            List.of(STEPS, ANY, "fan", "results"));

    private final MongoOperations mongo;
    private final ExecutionDocuments documents;
    private final Cancellations cancellations;
    private final PersonalDeadLetters letters;
    private final WorkflowCache workflows;
    private final FactPublisher facts;
    private final InstantSource clock;

    PersonalExecutions(
            MongoOperations mongo,
            ExecutionDocuments documents,
            Cancellations cancellations,
            PersonalDeadLetters letters,
            WorkflowCache workflows,
            FactPublisher facts,
            InstantSource clock) {
        this.mongo = mongo;
        this.documents = documents;
        this.cancellations = cancellations;
        this.letters = letters;
        this.workflows = workflows;
        this.facts = facts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return ExecutionStore.EXECUTIONS;
    }

    @Override
    public List<List<String>> payloads() {
        // The letters of an execution are erased with it.
        return Stream.concat(PAYLOADS.stream(), letters.payloads().stream()).toList();
    }

    @Override
    public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
        ExecutionId id = new ExecutionId(found.getString(ExecutionDocuments.ID));
        try (LogContext ids = LogContext.of(work.orgId(), id, null)) {
            // First, so that none is left if we die between the two: an erased execution is not found again.
            List<Finding> findings = new ArrayList<>(letters.eraseOf(work, id, erase));
            boolean erased = erased(work, id, erase);
            findings.add(new Finding(name(), id.value(), erased));
            if (erased) {
                // By the snapshot; that it has come there the request sees for itself, since the log is looked through
                // later.
                findings.add(new Finding(LOG, id.value(), true));
            }
            return findings;
        }
    }

    private boolean erased(SubjectWork work, ExecutionId id, UnaryOperator<Document> erase) {
        OrgId org = work.orgId();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Document stored = stored(org, id);
            if (stored == null) {
                return true;
            }
            Execution execution = documents.execution(new Document(stored));
            if (!execution.status().terminal()) {
                if (!cancelled(work, id)) {
                    return false;
                }
            } else if (replaced(org, id, execution.rev(), erase.apply(stored))) {
                log.info("A person was erased from it, by request {}", work.requestId());
                return true;
            }
        }
        log.warn("It changes all the time: the person is erased by the next look of request {}", work.requestId());
        return false;
    }

    private boolean cancelled(SubjectWork work, ExecutionId id) {
        try {
            cancellations.cancel(work.orgId(), id, work.requestId(), "A person whose data it works with is erased.");
            return true;
        } catch (ProblemException e) {
            log.warn("It cannot be cancelled, so the person stays in it: {}", e.getMessage());
            return false;
        }
    }

    private boolean replaced(OrgId org, ExecutionId id, long rev, Document erased) {
        erased.put(ExecutionDocuments.REV, rev + 1);
        erased.put(ExecutionDocuments.UPDATED_AT, Date.from(clock.instant()));
        Bson asRead = and(one(org, id), eq(ExecutionDocuments.REV, rev));
        if (mongo.getCollection(name()).replaceOne(asRead, erased).getMatchedCount() == 0) {
            return false;
        }
        Execution execution = documents.execution(new Document(erased));
        WorkflowVersion version =
                workflows.versions(Set.of(execution.version())).get(execution.version());
        if (version != null) {
            facts.publish(List.of(Snapshots.fact(execution, execution.follows(version))));
        }
        return true;
    }

    private @Nullable Document stored(OrgId org, ExecutionId id) {
        return mongo.getCollection(name()).find(one(org, id)).first();
    }

    private static Bson one(OrgId org, ExecutionId id) {
        return and(eq(ExecutionDocuments.ID, id.value()), eq(ExecutionDocuments.ORG, org.value()));
    }
}
