package dev.automationengine.connectors.action;

import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.simulator.GoogleAccounts;
import dev.automationengine.localstack.simulator.SimulatorServer;
import dev.automationengine.localstack.simulator.Vendor;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An example of a manifest, ready to be run against the simulator of its third party.
 *
 * @param connector id of the connector
 * @param action name of the action
 * @param kind kind of the credential
 * @param credential members {@code attributes} and {@code secrets}
 * @param members the example as the manifest has it
 */
record ManifestExample(String connector, String action, String kind, Map<?, ?> credential, Map<?, ?> members) {
    static final String EFFECT_KEY = "exec_1:step_2";

    static Stream<ManifestExample> of(Manifest manifest) {
        Map<?, ?> credential = map(manifest.source().get("example_credential").raw());
        return manifest.actions().stream()
                .flatMap(action -> action.source().get("examples").elements().stream()
                        .map(example -> new ManifestExample(
                                manifest.descriptor().id(),
                                action.descriptor().name(),
                                manifest.descriptor().credential().kind(),
                                credential,
                                map(example.raw()))));
    }

    /** Where the third party is simulated. */
    Vendor vendor() {
        return switch (connector) {
            case "crm-http" -> Vendor.CRM;
            case "http", "acme", "smtp" -> Vendor.ECHO;
            case "google-sheets" -> Vendor.GOOGLE;
            case "meta-conversions" -> Vendor.CONVERSIONS;
            default ->
                Stream.of(Vendor.values())
                        .filter(vendor -> vendor.label().equals(connector))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no simulator of " + connector));
        };
    }

    /** The call, its addresses those of the simulators: {@code https://VENDOR.example} is the vendor's. */
    ActionCall call(SimulatorServer simulator) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        map(members.get("input")).forEach((name, value) -> input.put(String.valueOf(name), placed(value, simulator)));
        return new ActionCall(
                new OrgId("org_1"), EFFECT_KEY, action, input, stored(simulator), Duration.ofSeconds(10), false);
    }

    private Credential stored(SimulatorServer simulator) {
        return new Credential(
                CredentialId.random(),
                OrgId.random(),
                kind,
                "Example",
                texts("attributes", simulator),
                texts("secrets", simulator));
    }

    private Map<String, String> texts(String member, SimulatorServer simulator) {
        Map<String, String> texts = new HashMap<>();
        Stream.of(credential, map(members.get("credential")))
                .forEach(source -> map(source.get(member))
                        .forEach((name, value) ->
                                texts.put(String.valueOf(name), String.valueOf(placed(value, simulator)))));
        return texts;
    }

    private @Nullable Object placed(@Nullable Object value, SimulatorServer simulator) {
        return value instanceof String text
                ? text.replace(
                                "https://" + vendor().label() + ".example",
                                simulator.url(vendor()).toString())
                        .replace("google-demo-key", GoogleAccounts.keyFile(""))
                : value;
    }

    /** The manifest's settings, URLs of vendors replaced by those of the simulators. */
    static Map<String, String> settings(List<Manifest> manifests, SimulatorServer simulator) {
        Map<String, String> settings = new HashMap<>();
        manifests.forEach(manifest -> manifest.settings().forEach((name, value) -> {
            if (value.startsWith("https://")) {
                settings.put(name, at(manifest.descriptor().id(), simulator).toString());
            }
        }));
        return settings;
    }

    private static URI at(String connector, SimulatorServer simulator) {
        if (connector.equals("google-sheets")) {
            return simulator.url(Vendor.GOOGLE);
        }
        return connector.equals("whatsapp") || connector.equals("meta-conversions")
                ? simulator.graphUrl()
                : URI.create(simulator.url() + "/" + connector);
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    @Override
    public String toString() {
        return action + ": " + members.get("name");
    }
}
