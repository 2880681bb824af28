package dev.automationengine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.LocalStack;
import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.execution.StepEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** CRM_INSERT in every CRM: the provider of the step decides, and brings its own credential and fields. */
class CrmProvidersTest extends WorkerScene {
    @DynamicPropertySource
    static void crms(DynamicPropertyRegistry properties) {
        for (Vendor vendor : List.of(Vendor.HUBSPOT, Vendor.PIPEDRIVE)) {
            properties.add(
                    "engine.worker.connector-settings.[" + vendor.label() + "_url]",
                    () -> SIMULATOR.url(vendor).toString());
        }
    }

    private void inserted(
            Vendor crm, String kind, Map<String, String> attributes, String secret, Map<String, Object> input) {
        // Another CRM of the organization is not to be taken for it.
        storeCrm();
        credentials.create(
                org, kind, kind, attributes, Map.of(secret, Objects.requireNonNull(DemoAccounts.KEYS.get(crm))));
        storeExecution("CRM_INSERT", input);
        enqueue(false);

        assertThat(outcomes(LocalStack.shared().kafkaBootstrap(), 1).getLast()).isInstanceOf(StepEvent.Completed.class);
        assertThat(SIMULATOR.effects().kept(crm)).hasSize(1);
        assertThat(contacts()).isEmpty();
    }

    @Test
    void hubspot() {
        inserted(
                Vendor.HUBSPOT,
                "hubspot",
                Map.of(),
                "access_token",
                Map.of("provider", "hubspot", "field_mapping", Map.of("email", "joe@example.com"), "owner_id", "7"));
    }

    @Test
    void salesforce() {
        inserted(
                Vendor.SALESFORCE,
                "salesforce",
                Map.of("instance_url", SIMULATOR.url(Vendor.SALESFORCE).toString()),
                "access_token",
                Map.of(
                        "provider", "salesforce",
                        "object", "Lead",
                        "external_id_field", "Meta_Lead_Id__c",
                        "external_id", "233",
                        "field_mapping", Map.of("LastName", "Example", "Company", "Unknown")));
    }

    @Test
    void zoho() {
        inserted(
                Vendor.ZOHO,
                "zoho_crm",
                Map.of("api_domain", SIMULATOR.url(Vendor.ZOHO).toString()),
                "access_token",
                Map.of(
                        "provider",
                        "zoho",
                        "module",
                        "Leads",
                        "duplicate_check_fields",
                        List.of("Email"),
                        "field_mapping",
                        Map.of("Last_Name", "Example", "Email", "joe@example.com")));
    }

    @Test
    void pipedrive() {
        inserted(
                Vendor.PIPEDRIVE,
                "pipedrive",
                Map.of(),
                "api_token",
                Map.of(
                        "provider",
                        "pipedrive",
                        "field_mapping",
                        Map.of("name", "Joe Example", "email", "joe@example.com")));
    }
}
