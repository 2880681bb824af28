package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Workflows as files, from one organization into another. */
class WorkflowFileTest extends DispatcherScene {
    private static final String HTTP = "http_header";

    @Test
    void a_file_makes_the_same_workflow_in_another_organization_with_its_own_credential() {
        CredentialId here = credential(org, HTTP, "CRM");
        WorkflowId id = create(document(here.value(), create(callee("Escalate")).value()));
        String file = rest().get("/v1/workflows/" + id + ":export").body();
        OrgId other = OrgId.random();
        RestProbe there = rest().ofOrg(other);
        CredentialId theirs = credential(other, HTTP, "CRM");
        credential(other, "smtp", "CRM");
        String callee = String.valueOf(
                there.postMap("/v1/workflows", callee("Escalate")).get("id"));

        HttpResponse<String> made = there.post("/v1/workflows:import", file);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Map<String, Object> workflow =
                there.getMap(made.headers().firstValue("Location").orElseThrow());
        assertThat(workflow)
                .as("nothing runs before somebody has looked at it")
                .containsEntry("is_active", false)
                .containsEntry("version", 0)
                .containsEntry("name", "Calls the CRM");
        assertThat(String.valueOf(workflow.get("steps")))
                .contains(theirs.value(), callee)
                .doesNotContain(here.value());
    }

    @Test
    void a_file_comes_back_to_where_it_was_made_without_any_word_about_ids() {
        CredentialId one = credential(org, HTTP, "CRM");
        credential(org, HTTP, "CRM");
        WorkflowId id = create(document(one.value(), create(callee("Escalate")).value()));
        HttpResponse<String> file = rest().get("/v1/workflows/" + id + ":export?version=1");

        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).contains(id + ".workflow.json"));
        Map<String, String> key = Map.of("Idempotency-Key", "once");
        HttpResponse<String> made = rest().post("/v1/workflows:import", file.body(), key);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(rest().post("/v1/workflows:import", file.body(), key).body()).isEqualTo(made.body());
        assertThat(json().readValue(made.body(), Map.class).get("steps"))
                .isEqualTo(rest().getMap("/v1/workflows/" + id).get("steps"));
    }

    @Test
    void what_is_not_here_is_told_all_at_once_and_may_be_given_by_its_id() {
        CredentialId here = credential(org, HTTP, "CRM");
        WorkflowId escalate = create(callee("Escalate"));
        String file = rest().get("/v1/workflows/" + create(document(here.value(), escalate.value())) + ":export")
                .body();
        OrgId other = OrgId.random();
        RestProbe there = rest().ofOrg(other);
        CredentialId first = credential(other, HTTP, "CRM");
        credential(other, HTTP, "CRM");

        HttpResponse<String> refused = there.post("/v1/workflows:import", file);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(pointers(refused))
                .containsExactlyInAnyOrder("/workflow/steps/0/credential_id", "/workflow/steps/1/workflow_id");
        assertThat(refused.body())
                .contains("more than one credential of kind http_header called 'CRM'", "no workflow called 'Escalate'");

        String callee = String.valueOf(
                there.postMap("/v1/workflows", callee("Another name")).get("id"));
        String ids = ", \"ids\": {\"%s\": \"%s\", \"%s\": \"%s\"}}".formatted(here, first, escalate, callee);
        HttpResponse<String> made = there.post("/v1/workflows:import", file.substring(0, file.length() - 1) + ids);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains(first.value(), callee);
    }

    @Test
    void another_format_and_a_workflow_that_cannot_run_are_refused_with_pointers() {
        HttpResponse<String> format =
                rest().post("/v1/workflows:import", "{\"format\": \"n8n\", \"workflow\": {\"name\": \"x\"}}");
        HttpResponse<String> broken = rest().post(
                        "/v1/workflows:import",
                        "{\"format\": \"automation-engine/workflow/v1\", \"workflow\": {\"name\": \"x\", \"steps\": 7}}");

        assertThat(format.statusCode()).isEqualTo(400);
        assertThat(format.body()).contains("format", "automation-engine/workflow/v1");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(pointers(broken)).contains("/workflow/trigger", "/workflow/steps");
    }

    @Test
    void another_organizations_workflow_is_not_exported() {
        WorkflowId id = create(Seed.JSON);

        assertThat(rest().ofOrg(OrgId.random())
                        .get("/v1/workflows/" + id + ":export")
                        .statusCode())
                .isEqualTo(404);
    }

    private static String document(String credential, String callee) {
        return """
                {"name": "Calls the CRM", "trigger": {"type": "MANUAL"}, "labels": {"team": "sales"},
                 "steps": [
                  {"id": "call", "type": "ACTION", "action": "HTTP_REQUEST", "credential_id": "%s",
                   "config": {"method": "POST", "url": "https://crm.example.com/leads"}},
                  {"id": "tell", "type": "SUB_WORKFLOW", "workflow_id": "%s", "input": {}, "depends_on": ["call"]}]}
                """.formatted(credential, callee);
    }

    private static String callee(String name) {
        return """
                {"name": "%s", "trigger": {"type": "SUB_WORKFLOW"},
                 "steps": [{"id": "note", "type": "TRANSFORM", "output": {"noted": true}}]}
                """.formatted(name);
    }

    private CredentialId credential(OrgId owner, String kind, String name) {
        CredentialId id = CredentialId.random();
        mongo().getCollection(CredentialStore.COLLECTION)
                .insertOne(new Document("_id", id.value())
                        .append("org_id", owner.value())
                        .append("kind", kind)
                        .append("name", name));
        return id;
    }

    private List<String> pointers(HttpResponse<String> problem) {
        return ((List<?>) Objects.requireNonNull(
                        json().readValue(problem.body(), Map.class).get("errors")))
                .stream()
                        .map(each -> String.valueOf(((Map<?, ?>) each).get("pointer")))
                        .toList();
    }
}
