package dev.automationengine.benchmarks;

import dev.automationengine.localstack.demo.DemoFile;
import dev.automationengine.localstack.demo.EngineClient;
import dev.automationengine.localstack.demo.SeedWorkflow;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaDelivery;
import dev.automationengine.localstack.simulator.MetaWebhookSender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Leads for the seed workflow: announced to the fleet by signed webhooks, followed to their end through its API. */
final class LeadLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ACCEPTED = 200;
    private static final int PAGE = 200;

    private final DemoFile fleet;
    private final EngineClient engine;
    private final EngineClient simulators;
    private final String workflowId;
    private final long firstId = System.currentTimeMillis() * 1_000_000;
    private int prepared;

    LeadLoad(DemoFile fleet) {
        this.fleet = fleet;
        this.engine = new EngineClient(URI.create(fleet.baseUrl()), fleet.apiKey());
        this.simulators = new EngineClient(URI.create(fleet.simulatorUrl()), "");
        this.workflowId = new SeedWorkflow(engine, fleet.crmUrl()).ensure();
    }

    /**
     * What was sent.
     *
     * @param intended when each lead had to be announced, by its id: what is measured counts from here
     * @param accepted when the fleet answered 200
     */
    record Sent(Map<String, Instant> intended, Map<String, Instant> accepted) {}

    /**
     * What became of it.
     *
     * @param executions executions by lead
     * @param contacts contacts in the CRM by e-mail address
     */
    record Outcome(Map<String, JsonNode> executions, Map<String, Integer> contacts) {}

    /** Announces leads and returns when all announcements have been answered. */
    Sent run(OpenLoop loop) {
        List<Lead> leads = IntStream.range(0, loop.calls())
                .mapToObj(i -> lead(prepared + i))
                .toList();
        prepared += leads.size();
        register(leads);
        ConcurrentMap<String, Instant> intended = new ConcurrentHashMap<>();
        ConcurrentMap<String, Instant> accepted = new ConcurrentHashMap<>();
        try (MetaWebhookSender meta = new MetaWebhookSender(URI.create(fleet.webhookUrl()), fleet.metaAppSecret())) {
            Instant begin = Instant.now();
            loop.run(i -> {
                Lead lead = leads.get(i);
                intended.put(lead.id(), begin.plusNanos(loop.startOf(i)));
                if (deliver(meta, lead)) {
                    accepted.put(lead.id(), Instant.now());
                }
            });
        }
        return new Sent(Map.copyOf(intended), Map.copyOf(accepted));
    }

    /** Waits until every accepted lead is through, at most a minute, and reads what became of it. */
    Outcome outcome(Sent sent) {
        Instant limit = Instant.now().plus(PATIENCE);
        Map<String, JsonNode> completed = completed(sent);
        while (completed.size() < sent.accepted().size() && Instant.now().isBefore(limit)) {
            completed = completed(sent);
        }
        Map<String, Integer> contacts = new HashMap<>();
        simulators
                .get("/control/effects?limit=1000000")
                .path("contacts")
                .forEach(c -> contacts.merge(c.at("/fields/email").asString(""), 1, Integer::sum));
        return new Outcome(completed, contacts);
    }

    static String email(String leadId) {
        return "lead" + leadId + "@example.com";
    }

    private Map<String, JsonNode> completed(Sent sent) {
        Map<String, JsonNode> completed = new HashMap<>();
        String from = sent.intended().values().stream()
                .min(Instant::compareTo)
                .orElseThrow()
                .toString();
        String cursor = "";
        do {
            JsonNode page = engine.get("/v1/executions?status=completed&workflow_id=" + workflowId + "&from=" + from
                    + "&limit=" + PAGE + cursor);
            for (JsonNode item : page.path("items")) {
                JsonNode execution =
                        engine.get("/v1/executions/" + item.path("execution_id").asString());
                completed.put(execution.at("/trigger/lead_id").asString(""), execution);
            }
            cursor = page.path("next_cursor").isString()
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        completed.keySet().retainAll(sent.accepted().keySet());
        return completed;
    }

    private void register(List<Lead> leads) {
        for (int from = 0; from < leads.size(); from += PAGE) {
            simulators.put(
                    "/control/leads",
                    Map.of(
                            "leads",
                            leads.subList(from, Math.min(leads.size(), from + PAGE)).stream()
                                    .map(lead -> Map.of(
                                            "id", lead.id(),
                                            "page_id", lead.pageId(),
                                            "form_id", lead.formId(),
                                            "created_time", lead.createdTime().toString(),
                                            "answers", lead.answers()))
                                    .toList()));
        }
    }

    private Lead lead(int number) {
        String id = Long.toString(firstId + number);
        return Lead.of(id, DemoAccounts.PAGE, DemoAccounts.FORM, Instant.now())
                .answer("email", email(id))
                .answer("full_name", "Joe Example")
                .answer("phone_number", "+1650" + (2_000_000 + number));
    }

    private static boolean deliver(MetaWebhookSender meta, Lead lead) {
        try {
            return meta.deliver(MetaDelivery.of(lead)).statusCode() == ACCEPTED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
