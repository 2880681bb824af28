package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.WorkflowChange;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Drafts and versions over REST, and what runs of them. */
class WorkflowVersionsTest extends DispatcherScene {
    private static final String DRAFT = Seed.JSON.replace("\"is_active\": true", "\"is_active\": false");

    @Test
    void a_draft_runs_only_when_it_is_published_and_what_runs_goes_on_with_its_version() {
        WorkflowId id = create(DRAFT);
        String url = "/v1/workflows/" + id;
        assertThat(rest().getMap(url)).containsEntry("version", 0).containsEntry("is_active", false);
        assertThat(probe().change(WorkflowChange.key(org, id)))
                .as("a draft is nobody's affair")
                .isNull();

        assertThat(rest().postMap(url + ":activate", ""))
                .containsEntry("version", 1)
                .doesNotContainKey("draft");
        AutomationEvent first = lead(Map.of("email", "a@example.com"));
        publish(first);
        assertThat(claim().id().execution()).isEqualTo(ExecutionId.of(first.id(), id));

        Map<String, Object> changed = rest().putMap(url, DRAFT.replace("New lead to", "Every lead to"));
        assertThat(changed).containsEntry("version", 1).containsEntry("name", "New lead to CRM and WhatsApp");
        assertThat(map(map(changed, "draft"), "content")).containsEntry("name", "Every lead to CRM and WhatsApp");
        AutomationEvent second = lead(Map.of("email", "b@example.com"));
        publish(second);
        assertThat(claim().id().execution()).isEqualTo(ExecutionId.of(second.id(), id));
        assertThat(execution(ExecutionId.of(second.id(), id)).get("workflow_version"))
                .isEqualTo(1);

        Map<String, Object> published = rest().postMap(url + ":publish", "{\"note\": \"a better name\"}");
        assertThat(published)
                .containsEntry("version", 2)
                .containsEntry("name", "Every lead to CRM and WhatsApp")
                .doesNotContainKey("draft");
        assertThat(map(published, "publication"))
                .containsEntry("note", "a better name")
                .containsKey("by");
        assertThat(change(id).version()).isEqualTo(2);
        assertThat(rest().postMap(url + ":publish", ""))
                .as("nothing to publish")
                .containsEntry("version", 2);
        assertThat(execution(ExecutionId.of(second.id(), id)).get("workflow_version"))
                .isEqualTo(1);
    }

    @Test
    void versions_are_listed_compared_and_brought_back() {
        WorkflowId id = create(Seed.JSON);
        String url = "/v1/workflows/" + id;
        rest().putMap(url, Seed.JSON.replace("New lead to", "Every lead to").replace("lead_welcome", "lead_hello"));
        rest().putMap(url, Seed.JSON.replace("New lead to", "No lead to"));

        Map<String, Object> page = rest().getMap(url + "/versions?limit=2");
        assertThat(versions(page)).containsExactly(3, 2);
        assertThat(versions(rest().getMap(url + "/versions?limit=2&cursor=" + page.get("next_cursor"))))
                .containsExactly(1);
        assertThat(rest().getMap(url + "/versions/2")).containsEntry("name", "Every lead to CRM and WhatsApp");
        assertThat(rest().get(url + "/versions/9").statusCode()).isEqualTo(404);
        Map<String, Object> difference = rest().getMap(url + "/versions/1:diff?to=2");
        assertThat(String.valueOf(difference.get("patch")))
                .contains("/name", "/steps/2/config/template/name", "lead_hello")
                .doesNotContain("/trigger");
        assertThat(difference.get("steps"))
                .isEqualTo(List.of(Map.of("id", "step_3", "change", "changed", "members", List.of("config"))));

        Map<String, Object> back = rest().postMap(url + "/versions/1:rollback", "");
        assertThat(back).containsEntry("version", 4).containsEntry("name", "New lead to CRM and WhatsApp");
        assertThat(map(back, "publication")).containsEntry("note", "Back to version 1");
        assertThat(rest().getMap(url + "/versions/1:diff?to=4").get("patch")).isEqualTo(List.of());
    }

    @Test
    void a_lost_update_is_refused_and_a_draft_is_thrown_away() {
        WorkflowId id = create(Seed.JSON);
        String url = "/v1/workflows/" + id;
        HttpResponse<String> read = rest().get(url);
        String eTag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(rest().put(url, DRAFT.replace("New", "Mine"), eTag).statusCode())
                .isEqualTo(200);

        HttpResponse<String> late = rest().put(url, DRAFT.replace("New", "Yours"), eTag);

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(late.body()).contains("precondition-failed", "ETag");
        assertThat(rest().getMap(url)).containsKey("draft");
        assertThat(rest().delete(url + "/draft").statusCode()).isEqualTo(200);
        assertThat(rest().getMap(url)).doesNotContainKey("draft").containsEntry("version", 1);
        assertThat(rest().delete("/v1/workflows/" + create(DRAFT) + "/draft").statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_request_that_is_sent_twice_with_one_key_makes_one_workflow() {
        HttpResponse<String> first = rest().post("/v1/workflows", Seed.JSON, Map.of("Idempotency-Key", "key-1"));
        HttpResponse<String> again = rest().post("/v1/workflows", Seed.JSON, Map.of("Idempotency-Key", "key-1"));
        HttpResponse<String> other =
                rest().post("/v1/workflows", Seed.JSON.replace("New", "Old"), Map.of("Idempotency-Key", "key-1"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(mongo().getCollection("workflows").countDocuments(new Document("org_id", org.value())))
                .isEqualTo(1);
        assertThat(rest().ofOrg(OrgId.random())
                        .post("/v1/workflows", Seed.JSON, Map.of("Idempotency-Key", "key-1"))
                        .body())
                .as("another organization's key is another key")
                .isNotEqualTo(first.body());
    }

    @Test
    void a_request_that_comes_again_late_finds_its_workflow_however_it_was_changed_since() {
        Map<String, String> key = Map.of("Idempotency-Key", "key-3");
        String url = rest().post("/v1/workflows", Seed.JSON, key)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        rest().putMap(url, Seed.JSON.replace("New lead to", "Every lead to"));

        HttpResponse<String> again = rest().post("/v1/workflows", Seed.JSON, key);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location")).hasValue(url);
        assertThat(again.body()).as("as it is now").contains("Every lead to");
        assertThat(rest().post("/v1/workflows", DRAFT, key).statusCode())
                .as("a draft is not what was asked for first")
                .isEqualTo(422);
    }

    @Test
    void a_key_does_not_bring_a_deleted_workflow_back_with_its_old_versions() {
        Map<String, String> key = Map.of("Idempotency-Key", "key-2");
        String first = rest().post("/v1/workflows", Seed.JSON, key)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(rest().delete(first).statusCode()).isEqualTo(204);

        HttpResponse<String> again = rest().post("/v1/workflows", Seed.JSON.replace("New", "Other"), key);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("deleted");
    }

    @Test
    void workflows_made_with_a_key_are_listed_in_their_order_too() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Map<String, String> headers = i % 2 == 0 ? Map.of() : Map.of("Idempotency-Key", "list-" + i);
            String location = rest().post("/v1/workflows", DRAFT, headers)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            created.addFirst(location.substring(location.lastIndexOf('/') + 1));
        }

        Map<String, Object> first = rest().getMap("/v1/workflows?limit=4");
        Map<String, Object> second = rest().getMap("/v1/workflows?limit=4&cursor=" + first.get("next_cursor"));

        List<String> listed = new ArrayList<>(ids(first));
        listed.addAll(ids(second));
        assertThat(listed).hasSameSizeAs(created).containsExactlyInAnyOrderElementsOf(created);
        assertThat(listed.subList(0, 2)).as("newest first").isSubsetOf(created.subList(0, 3));
    }

    @Test
    void workflows_are_found_by_label_name_state_and_trigger() {
        String labelled =
                Seed.JSON.replace("\"trigger\":", "\"labels\": {\"team\": \"sales\", \"a.b\": \"x\"}, \"trigger\":");
        WorkflowId sales = create(labelled.replace("New lead", "Sales lead"));
        WorkflowId other = create(DRAFT);

        assertThat(found("label=team:sales")).containsExactly(sales.value());
        assertThat(found("label=team:sales&label=a.b:x")).containsExactly(sales.value());
        assertThat(found("label=team:sales&label=a.b:y")).isEmpty();
        assertThat(found("q=sales%20LEAD")).containsExactly(sales.value());
        assertThat(found("active=false")).containsExactly(other.value());
        assertThat(found("trigger=META_LEAD_AD")).containsExactlyInAnyOrder(sales.value(), other.value());
        assertThat(found("trigger=WEBHOOK")).isEmpty();
        assertThat(rest().get("/v1/workflows?label=nonsense").statusCode()).isEqualTo(400);
        assertThat(rest().getMap("/v1/workflows/" + sales).get("labels"))
                .isEqualTo(Map.of("team", "sales", "a.b", "x"));
    }

    @Test
    void a_credential_has_to_be_there_be_ours_and_of_the_kind_that_the_action_needs() {
        CredentialId ours = credential(org, "whatsapp_cloud");
        CredentialId theirs = credential(OrgId.random(), "crm_http");
        String document = Seed.JSON.replace(
                "\"action\": \"CRM_INSERT\",", "\"action\": \"CRM_INSERT\", \"credential_id\": \"%s\",");

        assertThat(errors(document.formatted(ours)))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.toString()).contains("/steps/1/credential_id", "is of kind whatsapp_cloud"));
        assertThat(errors(document.formatted(theirs)))
                .singleElement()
                .satisfies(error -> assertThat(error.toString())
                        .contains("/steps/1/credential_id", "there is no credential " + theirs));
        assertThat(rest().postMap("/v1/workflows:validate", Seed.JSON))
                .containsEntry("valid", true)
                .containsEntry("errors", List.of());
        assertThat(mongo().getCollection("workflows").countDocuments(new Document("org_id", org.value())))
                .isZero();
    }

    @Test
    void the_schema_of_the_language_is_there_for_editors() {
        HttpResponse<String> schema = rest().get("/v1/schemas/workflow");

        assertThat(schema.statusCode()).isEqualTo(200);
        assertThat(schema.headers().firstValue("Content-Type")).contains("application/schema+json");
        assertThat(schema.body()).contains("https://json-schema.org/draft/2020-12/schema", "FOR_EACH");
    }

    private List<?> errors(String document) {
        assertThat(rest().post("/v1/workflows", document).statusCode()).isEqualTo(400);
        return (List<?>) Objects.requireNonNull(
                rest().postMap("/v1/workflows:validate", document).get("errors"));
    }

    private CredentialId credential(OrgId of, String kind) {
        CredentialId id = CredentialId.random();
        mongo().getCollection("credentials")
                .insertOne(new Document("_id", id.value())
                        .append("org_id", of.value())
                        .append("kind", kind)
                        .append("name", kind));
        return id;
    }

    private List<String> found(String query) {
        return ids(rest().getMap("/v1/workflows?" + query));
    }

    private static List<Integer> versions(Map<String, Object> page) {
        return ((List<?>) Objects.requireNonNull(page.get("items")))
                .stream()
                        .map(item -> (Integer) ((Map<?, ?>) item).get("version"))
                        .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String name) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(name));
    }
}
