package dev.automationengine.logging.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import dev.automationengine.kit.privacy.PersonalCopies;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's data as a file: what a request of the kind {@code export} found, as it is now, one JSON document a line. Of
 * each document the members that say something of the person; not how we run it.
 */
@Component
class SubjectExport {
    private static final String ID = "_id";
    private static final List<String> RUN =
            List.of("workflow_name", "status", "created_at", "finished_at", "trigger", "steps", "error");
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "events",
            List.of("type", "source", "subject", "time", "received_at", "data"),
            "executions",
            RUN,
            "execution_logs",
            RUN,
            "dead_letters",
            List.of("action", "step_id", "created_at", "error"));

    private final MongoTemplate mongo;
    private final PersonalCopies copies;
    private final JsonMapper json;

    SubjectExport(MongoTemplate mongo, PersonalCopies copies, JsonMapper json) {
        this.mongo = mongo;
        this.copies = copies;
        this.json = json;
    }

    /**
     * A part of the file.
     *
     * @param findings what it is about; what is no longer there is left out
     * @throws ProblemException 409 if the request is of another kind or still looks
     */
    String lines(SubjectRequest request, List<Found> findings) {
        if (request.kind() != SubjectWork.Kind.EXPORT || request.status() == SubjectRequest.Status.RUNNING) {
            throw new ProblemException(
                    Problem.CONFLICT, "Only a request of the kind \"export\" has a file, and when it is done.");
        }
        Map<String, Document> documents = documents(request, findings);
        StringBuilder lines = new StringBuilder();
        findings.forEach(finding -> {
            Document document = documents.get(key(finding.collection(), finding.id()));
            if (document != null) {
                lines.append(json.writeValueAsString(line(request, finding, document)))
                        .append('\n');
            }
        });
        return lines.toString();
    }

    private Map<String, @Nullable Object> line(SubjectRequest request, Found finding, Document document) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("collection", finding.collection());
        line.put("id", finding.id());
        line.put("data", copies.copy(request.work(), document, members(finding.collection())));
        return line;
    }

    /** By one query for each collection. */
    private Map<String, Document> documents(SubjectRequest request, List<Found> findings) {
        Map<String, Document> documents = new HashMap<>();
        findings.stream()
                .collect(Collectors.groupingBy(Found::collection, Collectors.mapping(Found::id, Collectors.toList())))
                .forEach((collection, ids) -> mongo.getCollection(collection)
                        .find(and(eq("org_id", request.orgId().value()), in(ID, ids)))
                        .forEach(document -> documents.put(key(collection, document.getString(ID)), document)));
        return documents;
    }

    private static List<String> members(String collection) {
        return MEMBERS.getOrDefault(collection, List.of());
    }

    private static String key(String collection, String id) {
        return collection + ":" + id;
    }
}
