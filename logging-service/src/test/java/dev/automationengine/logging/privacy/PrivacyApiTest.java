package dev.automationengine.logging.privacy;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.privacy.PersonalCollection;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests by REST, on real Kafka; the other services' collections are here, too. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.privacy.settle=200ms", "engine.privacy.sweep-interval=100ms"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@Import(PrivacyApiTest.OtherServices.class)
@DirtiesContext // Another context of the same consumer groups must not share the partitions.
class PrivacyApiTest {
    private static final String BODY =
            "{\"kind\":\"%s\",\"emails\":[\"Joe@Example.com\"],\"phones\":[\"+1 650-253-0000\"]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final OrgId org = OrgId.random();

    @LocalServerPort
    private int port;

    @Autowired
    private InternalTokens tokens;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private JsonMapper json;

    @Test
    void a_search_finds_by_address_and_by_number_over_more_than_one_page_and_changes_nothing() throws Exception {
        for (int i = 0; i < 250; i++) {
            log("exec_%03d".formatted(i), org, i == 3 ? "joe@example.com" : i == 240 ? "(650) 253-0000" : "x");
        }
        JsonNode receipt = ended(post(BODY.formatted("search"), org).at("/id").asString());
        assertThat(receipt.at("/status").asString()).isEqualTo("done");
        assertThat(receipt.at("/collections/execution_logs/found").asInt()).isEqualTo(2);
        assertThat(receipt.at("/by").asString()).isEqualTo("test");
        String path = "/" + receipt.at("/id").asString() + "/findings?limit=1";
        JsonNode first = get(path, org);
        assertThat(first.at("/items/0/href").asString()).isEqualTo("/v1/executions/exec_003");
        JsonNode second = get(path + "&cursor=" + first.at("/next_cursor").asString(), org);
        assertThat(second.at("/items/0/href").asString()).isEqualTo("/v1/executions/exec_240");
        assertThat(second.at("/next_cursor").isNull()).isTrue();
        assertThat(trigger("exec_003", org)).contains("joe@example.com");
    }

    @Test
    void an_erasure_goes_on_where_it_failed_and_its_receipt_holds_no_personal_data() throws Exception {
        log("exec_joe", org, "joe@example.com");
        log("exec_ann", org, "ann@example.com");
        OrgId another = OrgId.random();
        log("exec_foreign", another, "joe@example.com");
        mongo.getCollection("executions")
                .insertOne(new Document("_id", "exec_joe")
                        .append("org_id", org.value())
                        .append("trigger", new Document("email", "JOE@example.com")));
        OtherServices.FAILURES.set(2);

        JsonNode receipt = ended(post(BODY.formatted("erasure"), org).at("/id").asString());

        assertThat(OtherServices.FAILURES).hasNonPositiveValue();
        assertThat(receipt.at("/status").asString()).isEqualTo("done");
        assertThat(receipt.at("/pass").asInt()).isEqualTo(2);
        assertThat(receipt.at("/collections/execution_logs/erased").asInt()).isEqualTo(1);
        assertThat(trigger("exec_joe", org)).doesNotContain("joe@");
        assertThat(trigger("exec_ann", org)).contains("ann@example.com");
        assertThat(trigger("exec_foreign", another)).contains("joe@example.com");
        for (String collection : List.of(SubjectRequestStore.REQUESTS, SubjectRequestStore.FINDINGS)) {
            assertThat(mongo.getCollection(collection)
                            .find(eq("org_id", org.value()))
                            .map(Document::toJson))
                    .isNotEmpty()
                    .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains("joe@") || text.contains("6502530000"));
        }
        assertThat(send("GET", "/" + receipt.at("/id").asString(), "", another).statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_export_is_a_file_with_the_person_and_nobody_else_part_by_part() throws Exception {
        mongo.getCollection("events")
                .insertOne(new Document("_id", "evt_joe")
                        .append("org_id", org.value())
                        .append("type", "contacts.imported")
                        .append("traceparent", "00-1-1-00")
                        .append(
                                "data",
                                "{\"contacts\":[{\"email\":\"joe@example.com\",\"name\":\"Joe\"},"
                                        + "{\"email\":\"ann@example.com\",\"name\":\"Ann\"}]}"));
        log("exec_own", org, "joe@example.com");
        log("exec_else", org, "ann@example.com");
        String path = "/"
                + ended(post(BODY.formatted("export"), org).at("/id").asString())
                        .at("/id")
                        .asString() + ":export";

        HttpResponse<String> first = send("GET", path + "?limit=1", "", org);
        assertThat(first.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).startsWith("attachment"));
        JsonNode event = json.readTree(first.body());
        assertThat(event.at("/data/data/contacts").valueStream()).hasSize(1);
        assertThat(event.at("/data/data/contacts/0/name").asString()).isEqualTo("Joe");
        assertThat(first.body()).doesNotContain("ann@").doesNotContain("traceparent");
        String cursor = first.headers().firstValue("X-Next-Cursor").orElseThrow();
        HttpResponse<String> second = send("GET", path + "?limit=1&cursor=" + cursor, "", org);
        assertThat(json.readTree(second.body()).at("/id").asString()).isEqualTo("exec_own");
        assertThat(second.headers().firstValue("X-Next-Cursor")).isEmpty();
        assertThat(send("GET", path, "", OrgId.random()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_request_that_is_no_export_has_no_file() throws Exception {
        String search = ended(post(BODY.formatted("search"), org).at("/id").asString())
                .at("/id")
                .asString();
        assertThat(send("GET", "/" + search + ":export", "", org).statusCode()).isEqualTo(409);
    }

    @Test
    void every_mistake_is_named_and_nothing_is_quoted() throws Exception {
        HttpResponse<String> refused = send(
                "POST",
                "",
                "{\"kind\":\"search\",\"emails\":[\"joe\"],\"phones\":[\"12\"],\"region\":\"Utopia\"}",
                org);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("\"/emails/0\"", "\"/phones/0\"", "\"/region\"")
                .doesNotContain("Utopia");
        assertThat(send("POST", "", "{\"kind\":\"search\"}", org).statusCode()).isEqualTo(400);
    }

    private void log(String id, OrgId whose, String contact) {
        mongo.getCollection("execution_logs")
                .insertOne(new Document("_id", id)
                        .append("org_id", whose.value())
                        .append("rev", 1L)
                        .append("trigger", new Document("fields", new Document("contact", contact))));
    }

    private String trigger(String id, OrgId whose) {
        return Objects.requireNonNull(mongo.getCollection("execution_logs")
                        .find(and(eq("_id", id), eq("org_id", whose.value())))
                        .first())
                .toJson();
    }

    private JsonNode ended(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/" + id, org), receipt -> receipt.has("finished_at"));
    }

    private JsonNode post(String body, OrgId whose) throws Exception {
        HttpResponse<String> answer = send("POST", "", body, whose);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json.readTree(answer.body());
    }

    private JsonNode get(String path, OrgId whose) throws Exception {
        return json.readTree(send("GET", path, "", whose).body());
    }

    private HttpResponse<String> send(String method, String path, String body, OrgId whose) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/v1/privacy/requests" + path))
                .header("Authorization", "Bearer " + tokens.mint("test", whose, InternalTokens.SCOPE_API))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Stands for the services that write the other collections. */
    @TestConfiguration
    static class OtherServices {
        /** How often the service that has the executions fails before it works. */
        static final AtomicInteger FAILURES = new AtomicInteger();

        @Bean
        PersonalCollection events(MongoTemplate mongo) {
            return new Plain("events", mongo);
        }

        @Bean
        PersonalCollection executions(MongoTemplate mongo) {
            return new Plain("executions", mongo);
        }

        @Bean
        PersonalCollection deadLetters(MongoTemplate mongo) {
            return new Plain("dead_letters", mongo);
        }
    }

    private record Plain(String name, MongoTemplate mongo) implements PersonalCollection {
        @Override
        public List<List<String>> payloads() {
            if (name.equals("executions") && OtherServices.FAILURES.getAndDecrement() > 0) {
                throw new IllegalStateException("died in the middle");
            }
            return List.of(List.of("trigger"));
        }

        @Override
        public List<Finding> erase(SubjectWork work, Document found, UnaryOperator<Document> erase) {
            String id = found.getString("_id");
            mongo.getCollection(name)
                    .replaceOne(and(eq("_id", id), eq("org_id", work.orgId().value())), erase.apply(found));
            return List.of(new Finding(name, id, true));
        }
    }
}
