package dev.automationengine.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.load.Sent;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** One fault under load, in an organization of its own, and what became of its leads. */
final class FaultTrial {
    private static final Set<String> FINAL = Set.of("completed", "failed", "filtered", "cancelled");
    /** How long is waited for what should take a minute: so that the table tells what it took. */
    private static final Duration LIMIT = Duration.ofSeconds(150);

    private static final int PAGE = 200;

    private final Fleet fleet;
    private final Tenant tenant;
    private final String documentForm;
    private final List<String> workflows;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();

    FaultTrial(Fleet fleet, String name) {
        this.fleet = fleet;
        this.tenant = fleet.tenant(name).connected();
        this.documentForm = tenant.form();
        this.workflows = List.of(
                tenant.workflow(FaultWorkflows.contactAndMessage(tenant.formId())),
                tenant.workflow(FaultWorkflows.documents(
                        documentForm, fleet.simulator("/echo").toString())));
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> tenant.get("/v1/events/subscriptions").text(),
                        text -> text.contains(tenant.formId()) && text.contains(documentForm));
    }

    /**
     * Sends leads, lets the fault happen among them, and waits until everything has ended.
     *
     * @param rate leads per second
     * @param leads how many at least; every fifth is for documents
     */
    Outcome run(Fault fault, double rate, int leads) {
        String form = tenant.formId();
        Load load = Load.start(fleet, rate, tenant.pageId(), List.of(form, form, form, form, documentForm));
        load.awaitDue(leads / 4);
        fault.course().run(fleet, load);
        Instant end = Instant.now();
        Sent sent = load.end(leads);
        assertThat(sent.accepted()).as("accepted at last").hasSameSizeAs(sent.intended());
        List<String> remarks = new ArrayList<>(awaitEnd(sent.accepted().size()));
        Outcome outcome = Outcome.of(
                fault.name(),
                sent.intended(),
                sent.intended().keySet().stream()
                        .filter(FaultTrial::isForDocuments)
                        .collect(Collectors.toSet()),
                List.copyOf(runs.values()),
                deadLetters(),
                Ledger.read(fleet),
                end);
        remarks.addAll(outcome.remarks());
        return outcome.with(remarks);
    }

    /** As the series deals the forms. */
    private static boolean isForDocuments(String lead) {
        return Long.parseLong(lead) % 5 == 4;
    }

    /** Waits until all have ended and the queue is empty, and tells what was not so in the end. */
    private List<String> awaitEnd(int leads) {
        AtomicReference<List<String>> wrong = new AtomicReference<>(List.of());
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> {
                        wrong.set(unfinished(leads));
                        return wrong.get().isEmpty();
                    });
        } catch (ConditionTimeoutException late) {
            return wrong.get();
        }
        return List.of();
    }

    private List<String> unfinished(int leads) {
        Map<String, String> all = statuses();
        List<String> wrong = new ArrayList<>();
        all.forEach((id, status) -> {
            if (FINAL.contains(status)) {
                runs.computeIfAbsent(id, each -> Run.of(tenant.execution(each)));
            } else {
                wrong.add("not ended: " + id + " " + status);
            }
        });
        if (all.size() < leads) {
            wrong.add(leads - all.size() + " leads have no execution");
        }
        QueueCheck.leftovers(fleet.process("redis").path("port").asInt(), tenant.id())
                .forEach(left -> wrong.add("left in the queue: " + left));
        return wrong;
    }

    private Map<String, String> statuses() {
        Map<String, String> statuses = new HashMap<>();
        workflows.forEach(workflow -> statuses.putAll(
                pages("/v1/executions?workflow_id=" + workflow, item -> item.path("execution_id"), "status")));
        return statuses;
    }

    private Set<String> deadLetters() {
        return pages("/v1/dead-letters?action=SEND_WHATSAPP", item -> item.path("execution_id"), "action")
                .keySet();
    }

    private Map<String, String> pages(String list, Function<JsonNode, JsonNode> key, String value) {
        Map<String, String> found = new HashMap<>();
        String cursor = "";
        do {
            Http.Answer page = tenant.get(list + "&limit=" + PAGE + cursor);
            if (page.status() != 200) {
                throw new IllegalStateException(list + " answered " + page.status());
            }
            page.body()
                    .required("items")
                    .forEach(item -> found.put(
                            key.apply(item).asString(), item.path(value).asString("")));
            JsonNode next = page.body().path("next_cursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty());
        return found;
    }
}
