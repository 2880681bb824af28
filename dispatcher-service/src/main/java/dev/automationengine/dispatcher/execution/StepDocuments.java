package dev.automationengine.dispatcher.execution;

import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.model.execution.ExecutionSnapshot.Attempt;
import dev.automationengine.model.execution.StepError;
import dev.automationengine.model.execution.StepStatus;
import dev.automationengine.model.execution.StepWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the steps of an execution look in MongoDB. Work and errors have the members that their JSON has: durations are
 * ISO-8601 texts. Times are BSON dates.
 */
@Component
class StepDocuments {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper json;

    StepDocuments(JsonMapper json) {
        this.json = json;
    }

    Document document(StepState state) {
        Document document = new Document("status", Names.of(state.status()))
                .append("epoch", state.epoch())
                .append("fence", state.fence());
        put(document, "started_at", date(state.startedAt()));
        put(document, "finished_at", date(state.finishedAt()));
        put(document, "next_attempt_at", date(state.nextAttemptAt()));
        put(document, "work", object(state.work()));
        Map<String, @Nullable Object> output = state.output();
        put(document, "output", output == null ? null : new Document(output));
        put(document, "error", object(state.error()));
        put(document, "fan", fan(state.fan()));
        put(document, "in_doubt", state.inDoubt() ? true : null);
        return document.append(
                "attempts", state.attempts().stream().map(this::attempt).toList());
    }

    @SuppressWarnings("NullAway") // A document may hold null values, though its type does not say so.
    StepState state(Document document) {
        Document work = document.get("work", Document.class);
        Document error = document.get("error", Document.class);
        Document output = document.get("output", Document.class);
        return new StepState(
                Names.enumOf(StepStatus.class, document.getString("status")),
                document.getInteger("epoch"),
                document.get("fence", Number.class).longValue(),
                instant(document, "started_at"),
                instant(document, "finished_at"),
                instant(document, "next_attempt_at"),
                work == null ? null : json.convertValue(work, StepWork.class),
                output == null ? null : DataLimit.plain(output),
                attempts(document),
                error == null ? null : json.convertValue(error, StepError.class),
                fan(document.get("fan", Document.class)),
                document.getBoolean("in_doubt", false));
    }

    private static @Nullable Document fan(@Nullable Fan fan) {
        if (fan == null) {
            return null;
        }
        Document results = new Document();
        fan.results().forEach((index, result) -> results.append(Integer.toString(index), result));
        return new Document("items", fan.items())
                .append("with", new Document(fan.with()))
                .append("open", List.copyOf(fan.open()))
                .append("results", results);
    }

    private static @Nullable Fan fan(@Nullable Document document) {
        if (document == null) {
            return null;
        }
        Map<String, @Nullable Object> plain = DataLimit.plain(document);
        SortedSet<Integer> open = new TreeSet<>(document.getList("open", Integer.class, List.of()));
        SortedMap<Integer, @Nullable Object> results = new TreeMap<>();
        members(plain.get("results")).forEach((index, result) -> results.put(Integer.valueOf(index), result));
        List<@Nullable Object> items = new ArrayList<>();
        if (plain.get("items") instanceof List<?> list) {
            items.addAll(list);
        }
        return new Fan(items, members(plain.get("with")), open, results);
    }

    private static Map<String, @Nullable Object> members(@Nullable Object object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return members;
    }

    static @Nullable Instant instant(Document document, String name) {
        Date date = document.getDate(name);
        return date == null ? null : date.toInstant();
    }

    private Document attempt(Attempt attempt) {
        Document document = new Document("number", attempt.number())
                .append("worker_id", attempt.workerId())
                .append("started_at", date(attempt.startedAt()))
                .append("finished_at", date(attempt.finishedAt()));
        put(document, "http_status", attempt.httpStatus());
        put(document, "error", object(attempt.error()));
        return document;
    }

    private List<Attempt> attempts(Document document) {
        return document.getList("attempts", Document.class, List.of()).stream()
                .map(attempt -> {
                    Document error = attempt.get("error", Document.class);
                    return new Attempt(
                            attempt.getInteger("number"),
                            attempt.getString("worker_id"),
                            attempt.getDate("started_at").toInstant(),
                            attempt.getDate("finished_at").toInstant(),
                            attempt.getInteger("http_status"),
                            error == null ? null : json.convertValue(error, StepError.class));
                })
                .toList();
    }

    private @Nullable Document object(@Nullable Object value) {
        return value == null ? null : new Document(json.convertValue(value, OBJECT));
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static void put(Document document, String name, @Nullable Object value) {
        if (value != null) {
            document.append(name, value);
        }
    }
}
