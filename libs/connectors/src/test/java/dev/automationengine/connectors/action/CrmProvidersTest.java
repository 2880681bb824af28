package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One name for all CRMs: what a step performs follows from its provider. */
class CrmProvidersTest {
    private final ActionCatalog catalog = ActionCatalog.load();

    private @Nullable String performed(Map<String, Object> config) {
        return catalog.find("CRM_INSERT", config).map(ActionDescriptor::name).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "hubspot, HUBSPOT_UPSERT_CONTACT, hubspot",
        "salesforce, SALESFORCE_UPSERT_RECORD, salesforce",
        "zoho, ZOHO_UPSERT_RECORD, zoho_crm",
        "pipedrive, PIPEDRIVE_UPSERT_PERSON, pipedrive",
        "http, CRM_INSERT, crm_http"
    })
    void a_provider_stands_for_its_own_action_and_credential(String provider, String action, String kind) {
        ActionDescriptor found =
                catalog.find("CRM_INSERT", Map.of("provider", provider)).orElseThrow();

        assertThat(found.name()).isEqualTo(action);
        assertThat(found.credentialKind()).isEqualTo(kind);
    }

    @Test
    void every_provider_that_the_field_names_is_there_and_no_other() {
        List<String> named = catalog.find("CRM_INSERT").orElseThrow().input().stream()
                .filter(field -> field.name().equals("provider"))
                .findFirst()
                .orElseThrow()
                .values();
        List<String> variants = catalog.all().stream()
                .filter(action ->
                        action.variant() != null && action.variant().of().equals("CRM_INSERT"))
                .map(action -> Objects.requireNonNull(action.variant()).provider())
                .toList();

        assertThat(named).contains("http").containsAll(variants).hasSize(variants.size() + 1);
    }

    @Test
    void without_a_provider_it_is_what_it_was() {
        Map<String, Object> config = Map.of("field_mapping", Map.of("email", "{{ trigger.fields.email }}"));

        assertThat(performed(config)).isEqualTo("CRM_INSERT");
        assertThat(catalog.check("CRM_INSERT", config)).isEmpty();
    }

    @Test
    void a_configuration_is_checked_as_that_of_the_provider() {
        assertThat(catalog.check(
                        "CRM_INSERT",
                        Map.of("provider", "hubspot", "field_mapping", Map.of("email", "x"), "owner_id", "7")))
                .isEmpty();
        assertThat(catalog.check(
                        "CRM_INSERT", Map.of("provider", "zoho", "field_mapping", Map.of(), "id_property", "x")))
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder("/module", "/duplicate_check_fields", "/id_property");
        assertThat(catalog.check("CRM_INSERT", Map.of("provider", "acme", "field_mapping", Map.of())))
                .extracting(Finding::pointer)
                .containsExactly("/provider");
        assertThat(catalog.check("HTTP_REQUEST", Map.of("url", "https://x.example", "provider", "hubspot")))
                .extracting(Finding::pointer)
                .containsExactly("/provider");
    }

    @Test
    void the_provider_itself_is_no_input_of_its_action() {
        Map<String, @Nullable Object> config = Map.of("provider", "hubspot", "field_mapping", Map.of());

        assertThat(catalog.input("CRM_INSERT", config)).containsOnlyKeys("field_mapping");
        assertThat(catalog.input("HTTP_REQUEST", config)).isEqualTo(config);
    }
}
