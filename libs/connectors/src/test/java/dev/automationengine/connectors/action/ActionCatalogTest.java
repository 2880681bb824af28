package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionCatalogTest {
    private final ActionCatalog catalog = ActionCatalog.load();

    @Test
    void the_actions_of_all_manifests_are_there() {
        assertThat(catalog.all())
                .extracting(ActionDescriptor::name)
                .containsExactly(
                        "CRM_INSERT",
                        "CRM_INSERT_VERIFIED",
                        "HTTP_REQUEST",
                        "HUBSPOT_UPSERT_CONTACT",
                        "PIPEDRIVE_UPSERT_PERSON",
                        "SALESFORCE_UPSERT_RECORD",
                        "SENDGRID_SEND_EMAIL",
                        "SEND_CONVERSION",
                        "SEND_EMAIL",
                        "SEND_SMS",
                        "SEND_WHATSAPP",
                        "SHEETS_APPEND_ROW",
                        "SHEETS_FIND_ROW",
                        "SHEETS_UPDATE_ROW",
                        "SLACK_POST_MESSAGE",
                        "TELEGRAM_SEND_MESSAGE",
                        "ZOHO_UPSERT_RECORD");
        assertThat(catalog.find("CRM_INSERT").orElseThrow().effect()).isEqualTo(EffectMode.KEYED);
        assertThat(catalog.find("SEND_WHATSAPP").orElseThrow().effect()).isEqualTo(EffectMode.UNSAFE);
        assertThat(catalog.credentialKind("meta_page")).isPresent();
    }

    @Test
    void an_action_says_what_it_gives_for_instance() {
        assertThat(catalog.find("CRM_INSERT").orElseThrow().example())
                .isEqualTo(Map.of("id", "c_1", "contact", Map.of("id", "c_1")));
        assertThat(catalog.all())
                .allSatisfy(action -> assertThat(action.example()).isNotEmpty());
    }

    @Test
    void a_good_configuration_has_no_findings() {
        assertThat(catalog.check("CRM_INSERT", Map.of("field_mapping", Map.of("email", "{{ trigger.fields.email }}"))))
                .isEmpty();
        assertThat(catalog.check("CRM_INSERT", Map.of("field_mapping", "{{ trigger.fields }}")))
                .isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_found_at_once() {
        assertThat(catalog.check("HTTP_REQUEST", Map.of("method", "FETCH", "headers", "x", "a/b", 1)))
                .extracting(Finding::pointer)
                .containsExactly("/method", "/url", "/headers", "/a~1b");
    }

    @Test
    void an_unknown_action_is_a_finding() {
        assertThat(catalog.check("NO_SUCH_ACTION", Map.of())).hasSize(1);
    }

    @Test
    void a_verifiable_action_must_say_how_it_is_verified_and_others_must_not() {
        List<Finding> findings = new ArrayList<>();
        new ManifestReader(findings).read("m", """
                        id: m
                        title: M
                        credential: { kind: x, title: X }
                        actions:
                          - { name: A, title: A, effect: verifiable }
                          - { name: B, title: B, effect: keyed, verify: { request: {} } }
                        """);
        assertThat(findings).extracting(Finding::pointer).containsExactly("m/actions/0/verify", "m/actions/1/verify");
    }

    @Test
    void what_is_wrong_in_a_verification_is_told_with_its_place() {
        List<Finding> findings = new ArrayList<>();
        Manifest manifest = new ManifestReader(findings).read("m", """
                        id: m
                        title: M
                        credential: { kind: x, title: X }
                        actions:
                          - name: A
                            title: A
                            effect: verifiable
                            auth: { bearer: x }
                            request: { method: POST, path: /a }
                            response: { output: {} }
                            verify:
                              request: { path: /a, colour: red }
                              found: { field: body.id, operator: SMELLS }
                        """);
        ActionCatalog bad = ActionCatalog.of(List.of(manifest), findings);
        OutboundHttp http = new OutboundHttp(OutboundSettings.of(), new SimpleMeterRegistry());
        assertThatThrownBy(() -> new ActionRunner(bad, http, Map.of(), InstantSource.system()))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("m/actions/0/verify/request/method")
                .hasMessageContaining("m/actions/0/verify/request/colour")
                .hasMessageContaining("m/actions/0/verify/found")
                .hasMessageContaining("m/actions/0/verify/output");
    }

    @Test
    void a_bad_manifest_tells_all_its_faults() {
        List<Finding> findings = new ArrayList<>();
        Manifest manifest = new ManifestReader(findings).read("bad", """
                        id: bad
                        colour: red
                        credential: { kind: x, title: X }
                        actions:
                          - { name: A, title: A, effect: maybe, timeout: soon }
                        """);
        assertThatThrownBy(() -> ActionCatalog.of(List.of(manifest), findings))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("bad/colour")
                .hasMessageContaining("bad/title")
                .hasMessageContaining("bad/actions/0/effect")
                .hasMessageContaining("bad/actions/0/timeout");
    }

    @Test
    void a_directory_brings_more_and_what_is_wrong_there_is_told_at_start(@TempDir Path directory) throws IOException {
        String manifest = """
                id: %s
                title: Surveys
                credential: { kind: survey_key, title: Account, attributes: [], secrets: [] }
                triggers: [{ type: %s, title: Answered, config: [] }]
                actions: []
                """;
        Files.writeString(directory.resolve("survey.yaml"), manifest.formatted("survey", "SURVEY_ANSWERED"));
        Files.writeString(directory.resolve("notes.txt"), "no manifest");
        assertThat(ActionCatalog.load(directory).triggers())
                .extracting(TriggerDescriptor::type)
                .containsExactly("SURVEY_ANSWERED");

        Files.writeString(directory.resolve("bad.yaml"), manifest.formatted("http", "lower case"));
        assertThatThrownBy(() -> ActionCatalog.load(directory))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("bad.yaml/triggers/0/type")
                .hasMessageContaining("http");
    }
}
