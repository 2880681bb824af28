package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.fleet.TestLead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Somebody wants to be forgotten. */
@ExtendWith(FleetExtension.class)
class PrivacyJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PHONE = "+14155552671";
    // Of this run alone: the logs of others are there, too.
    private static final String TAG = UUID.randomUUID().toString().substring(0, 8);
    private static final String EMAIL = "jolanda." + TAG + "@example.com";
    private static final String NAME = "Jolanda Forgetme-" + TAG;

    private final Fleet fleet;
    private final Tenant tenant;
    private final Tenant another;

    PrivacyJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Privacy").connected();
        this.another = fleet.tenant("Not concerned").connected();
    }

    @Test
    void a_person_is_found_in_every_store_and_erased_though_services_die_and_nobody_else_is() {
        String mine = workflow(tenant);
        TestLead joe = lead(tenant, mine, EMAIL, PHONE, NAME);
        TestLead ann = lead(tenant, mine, "ann.remember@example.com", "+14155552672", "Ann Rememberme");
        lead(another, workflow(another), EMAIL, PHONE, NAME);

        JsonNode byPhone =
                ended(request(Map.of("kind", "search", "phones", List.of("(415) 555-2671"), "region", "US")));
        JsonNode byEmail =
                ended(request(Map.of("kind", "search", "emails", List.of(" " + EMAIL.toUpperCase(Locale.ROOT)))));
        for (JsonNode receipt : List.of(byPhone, byEmail)) {
            for (String store : List.of("events", "executions", "dead_letters", "execution_logs")) {
                assertThat(receipt.at("/collections/" + store + "/found").asInt())
                        .as(store + " in " + receipt)
                        .isEqualTo(store.equals("dead_letters") && receipt == byPhone ? 0 : 1);
            }
        }

        requireMasked(byEmail.path("id").asString(), joe.email());

        String export = request(Map.of("kind", "export", "emails", List.of(joe.email())));
        ended(export);
        String file = tenant.get("/v1/privacy/requests/" + export + ":export").text();
        assertThat(file.lines()).hasSize(4);
        assertThat(file).contains(NAME, PHONE).doesNotContain(ann.email());

        String erasure = request(Map.of("kind", "erasure", "emails", List.of(joe.email()), "phones", List.of(PHONE)));
        for (String service : List.of("dispatcher-service", "logging-service")) {
            fleet.engine("kill", service);
            fleet.engine("restart", service);
        }

        JsonNode receipt = ended(erasure);
        assertThat(receipt.path("status").asString()).isEqualTo("done");
        for (String store : List.of("events", "executions", "dead_letters", "execution_logs")) {
            assertThat(receipt.at("/collections/" + store + "/erased").asInt())
                    .as(store)
                    .isEqualTo(1);
        }
        assertThat(receipt.toString()).doesNotContain(joe.email()).doesNotContain("4155552671");
        assertThat(documentsWith(tenant, joe.email(), PHONE, PHONE.substring(1), NAME))
                .isEmpty();
        assertThat(linesWith(EMAIL, NAME)).isEmpty();
        assertThat(documentsWith(tenant, ann.email())).hasSize(4);
        assertThat(documentsWith(another, joe.email())).hasSize(4);
        JsonNode execution = tenant.execution(receiptFinding(erasure, "executions"));
        assertThat(execution.path("status").asString()).isEqualTo("failed");
        assertThat(execution.at("/trigger/fields/email").asString()).isEqualTo("[erased]");
    }

    /** The lead's execution fails at the CRM, whose answer names the person. */
    private static TestLead lead(Tenant of, String workflow, String email, String phone, String name) {
        of.control(
                "/control/faults/crm",
                Map.of("status", 422, "times", 1, "match", email, "body", Map.of("error", "no contact for " + email)));
        TestLead lead = of.lead(Map.of("email", email, "full_name", name, "phone_number", phone));
        of.deliver(TestLead.delivery(lead));
        await().atMost(SOON)
                .until(() -> of.executions(workflow).stream()
                        .anyMatch(each -> each.path("status").asString().equals("failed")
                                && of.execution(each.path("execution_id").asString())
                                        .at("/trigger/fields/email")
                                        .asString()
                                        .equals(email)));
        return lead;
    }

    private static String workflow(Tenant of) {
        String workflow = of.workflow(Workflows.seed(of.formId()));
        await().atMost(SOON)
                .until(() -> of.get("/v1/events/subscriptions").text().contains(workflow));
        return workflow;
    }

    /** Who may read, but not see people, sees what was found without the person. */
    private void requireMasked(String search, String email) {
        Map<String, Object> viewer = Map.of("name", "viewer", "scopes", List.of("executions:read", "events:read"));
        String key =
                tenant.call("POST", "/v1/api-keys", viewer).body().path("key").asString();
        tenant.get("/v1/privacy/requests/" + search + "/findings")
                .body()
                .path("items")
                .valueStream()
                .map(finding -> finding.path("href").asString())
                .forEach(href -> {
                    assertThat(tenant.get(href).text()).as(href).contains(email);
                    Http.Answer masked = Http.send("GET", fleet.api(href), key, null);
                    assertThat(masked.status()).isEqualTo(200);
                    assertThat(masked.text())
                            .as(href)
                            .doesNotContain(email)
                            .doesNotContain(NAME)
                            .doesNotContain(PHONE);
                });
    }

    /** Lines that the processes wrote while they worked with the person. */
    private List<String> linesWith(String... texts) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> logs = Files.list(fleet.home().resolve("logs"))) {
            for (Path log : logs.toList()) {
                Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> List.of(texts).stream().anyMatch(line::contains))
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private String request(Map<String, Object> body) {
        Http.Answer answer = tenant.call("POST", "/v1/privacy/requests", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.body().path("id").asString();
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> tenant.get("/v1/privacy/requests/" + id).body(), receipt -> receipt.has("finished_at"));
    }

    private String receiptFinding(String id, String collection) {
        return tenant.get("/v1/privacy/requests/" + id + "/findings")
                .body()
                .path("items")
                .valueStream()
                .filter(finding -> finding.path("collection").asString().equals(collection))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    /** All documents of an organization, of all collections, as text. */
    private List<String> documentsWith(Tenant of, String... texts) {
        List<String> found = new ArrayList<>();
        int port = fleet.process("mongodb").path("port").asInt();
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + port)) {
            for (String database : client.listDatabaseNames()) {
                MongoDatabase all = client.getDatabase(database);
                for (String collection : all.listCollectionNames()) {
                    for (Document document : all.getCollection(collection).find(new Document("org_id", of.id()))) {
                        String json = document.toJson();
                        if (List.of(texts).stream().anyMatch(json::contains)) {
                            found.add(collection + " " + json);
                        }
                    }
                }
            }
        }
        return found;
    }
}
