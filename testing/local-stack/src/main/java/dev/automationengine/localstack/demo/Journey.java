package dev.automationengine.localstack.demo;

import dev.automationengine.localstack.fleet.FleetException;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Lead;
import dev.automationengine.localstack.simulator.MetaWebhookSender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One lead's way: filled in at Meta, announced by webhook, run through the seed workflow. */
public final class Journey {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;
    private static final Set<String> FINAL = Set.of("completed", "failed", "filtered", "cancelled");

    private final DemoFile demo;
    private final EngineClient engine;
    private final EngineClient simulators;
    private final Consumer<String> out;

    /**
     * Prepares a journey.
     *
     * @param demo a running engine
     * @param out is told what happens, one line at a time
     */
    public Journey(DemoFile demo, Consumer<String> out) {
        this.demo = demo;
        this.engine = new EngineClient(URI.create(demo.baseUrl()), demo.apiKey());
        this.simulators = new EngineClient(URI.create(demo.simulatorUrl()), "");
        this.out = out;
    }

    /**
     * Makes the journey and tells about it.
     *
     * @throws FleetException if the execution does not complete
     */
    public void run() {
        String workflow = new SeedWorkflow(engine, demo.crmUrl()).ensure();
        out.accept("workflow   " + workflow + " listens to lead form " + DemoAccounts.FORM);
        Set<String> before = executions(workflow);
        Instant sent = announce(lead());
        JsonNode execution = awaitEnd(workflow, before);
        Timeline.of(execution, sent).forEach(out);
        effects();
        if (!execution.path("status").asString().equals("completed")) {
            throw new FleetException("the execution ended as "
                    + execution.path("status").asString() + "; see " + demo.baseUrl() + "/v1/executions");
        }
    }

    private Instant announce(Lead lead) {
        try (MetaWebhookSender meta = new MetaWebhookSender(URI.create(demo.webhookUrl()), demo.metaAppSecret())) {
            String challenge = Long.toString(ThreadLocalRandom.current().nextLong(100_000, 1_000_000));
            requireAnswer("handshake", meta.handshake(demo.metaVerifyToken(), challenge), challenge);
            out.accept("handshake  Meta's challenge " + challenge + " came back");
            Instant sent = Instant.now();
            requireAnswer("webhook", meta.deliver(lead), "");
            out.accept("webhook    lead " + lead.id() + " announced, answered with 200 after "
                    + Duration.between(sent, Instant.now()).toMillis() + " ms");
            return sent;
        } catch (IOException e) {
            throw new FleetException("the webhook can't be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", e);
        }
    }

    private static void requireAnswer(String call, HttpResponse<String> answer, String content) {
        if (answer.statusCode() != 200 || !answer.body().contains(content)) {
            throw new FleetException(
                    "the " + call + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Somebody fills in the form. */
    private Lead lead() {
        String id = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_999_999_999_999L));
        Lead lead = Lead.of(id, DemoAccounts.PAGE, DemoAccounts.FORM, Instant.now())
                .answer("email", "lead." + id + "@example.com")
                .answer("full_name", "Joe Example")
                .answer("phone_number", "+1" + id.substring(3));
        Map<String, Object> input = Map.of(
                "id", lead.id(),
                "page_id", lead.pageId(),
                "form_id", lead.formId(),
                "created_time", lead.createdTime().toString(),
                "answers", lead.answers());
        simulators.put("/control/leads", Map.of("leads", List.of(input)));
        return lead;
    }

    private Set<String> executions(String workflow) {
        return items(workflow).map(Journey::id).collect(Collectors.toSet());
    }

    private Stream<JsonNode> items(String workflow) {
        return engine.get("/v1/executions?limit=50&workflow_id=" + workflow)
                .path("items")
                .valueStream();
    }

    private JsonNode awaitEnd(String workflow, Set<String> before) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            Optional<JsonNode> found = items(workflow)
                    .filter(item -> !before.contains(id(item)))
                    .filter(item -> FINAL.contains(item.path("status").asString()))
                    .findFirst();
            if (found.isPresent()) {
                return engine.get("/v1/executions/" + id(found.get()));
            }
            pause();
        }
        throw new FleetException("no execution ended within " + LIMIT.toSeconds() + " s; ./engine logs dispatcher and"
                + " ./engine logs worker say more");
    }

    private void effects() {
        JsonNode effects = simulators.get("/control/effects?limit=1");
        out.accept("effects    contacts in the CRM: "
                + effects.path("crm_contacts").asInt() + ", WhatsApp messages: "
                + effects.path("whatsapp_messages").asInt() + " (repeated: "
                + (effects.path("repeated_contacts").size()
                        + effects.path("repeated_messages").size()) + ")");
    }

    private static String id(JsonNode execution) {
        return execution.path("execution_id").asString();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FleetException("interrupted", e);
        }
    }
}
