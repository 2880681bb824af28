package dev.automationengine.connectors.action;

import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads manifests: YAML to records, every fault to a finding. */
final class ManifestReader {
    /** The manifests of this library. A list, because a class path in a jar cannot be listed. */
    private static final List<String> NAMES = List.of(
            "crm-http",
            "google-sheets",
            "http",
            "hubspot",
            "meta-conversions",
            "meta-lead-ads",
            "oauth",
            "pipedrive",
            "salesforce",
            "sendgrid",
            "slack",
            "smtp",
            "telegram",
            "twilio",
            "webhook",
            "whatsapp",
            "zoho");

    private static final String SUFFIX = ".yaml";
    private static final Pattern TRIGGER_TYPE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final List<Finding> findings;

    ManifestReader(List<Finding> findings) {
        this.findings = findings;
    }

    /** The manifests of this library. */
    List<Manifest> readAll() {
        return NAMES.stream().map(this::readResource).toList();
    }

    /** A manifest that somebody wrote; empty if it is no YAML. */
    Optional<Manifest> readFile(String name, String text) {
        try {
            return Optional.of(read(name, text));
        } catch (YAMLException e) {
            findings.add(new Finding(name, "is no YAML: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private Manifest readResource(String name) {
        String resource = "/connectors/" + name + SUFFIX;
        try (InputStream in = ManifestReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no manifest " + resource);
            }
            return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one manifest; {@code name} starts the pointers of the findings. */
    Manifest read(String name, String yaml) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        ManifestNode root = new ManifestNode(name, tree, findings);
        root.only(
                "id",
                "title",
                "settings",
                "credential",
                "base_url",
                "actions",
                "triggers",
                "polls",
                "example_credential");
        String id = root.get("id").text();
        CredentialKind credential = credential(root.get("credential"));
        List<Manifest.Action> actions = root.get("actions").elements().stream()
                .map(node -> action(id, credential, node))
                .toList();
        List<Manifest.Poll> polls = root.get("polls").elements().stream()
                .map(node -> poll(id, credential, node))
                .toList();
        ConnectorDescriptor descriptor = new ConnectorDescriptor(
                id,
                root.get("title").text(),
                credential,
                actions.stream().map(Manifest.Action::descriptor).toList(),
                root.get("triggers").elements().stream()
                        .map(node -> trigger(id, node))
                        .toList(),
                polls.stream().map(Manifest.Poll::descriptor).toList());
        Map<String, String> settings = settings(root.get("settings"));
        return new Manifest(
                descriptor,
                settings,
                BaseUrl.read(root.get("base_url")),
                OAuthProvider.read(
                        id, credential.kind(), settings, root.get("credential").get("oauth")),
                actions,
                polls,
                root);
    }

    private static Map<String, String> settings(ManifestNode node) {
        Map<String, String> settings = new HashMap<>();
        if (node.raw() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> settings.put(String.valueOf(name), String.valueOf(value)));
        } else if (node.present()) {
            node.objection("must be an object");
        }
        return settings;
    }

    private static CredentialKind credential(ManifestNode node) {
        node.only("kind", "title", "attributes", "secrets", "oauth", "service_account");
        return new CredentialKind(
                node.get("kind").text(),
                node.get("title").text(),
                credentialFields(node.get("attributes")),
                credentialFields(node.get("secrets")),
                node.get("oauth").present());
    }

    private static List<CredentialKind.Field> credentialFields(ManifestNode node) {
        return node.elements().stream()
                .map(field -> {
                    field.only("name", "title", "url");
                    return new CredentialKind.Field(
                            field.get("name").text(),
                            field.get("title").text(),
                            field.get("url").flag());
                })
                .toList();
    }

    private static Manifest.Action action(String connector, CredentialKind credential, ManifestNode node) {
        node.only(
                "name",
                "title",
                "credential",
                "effect",
                "timeout",
                "input",
                "request",
                "auth",
                "response",
                "example",
                "examples",
                "errors",
                "verify",
                "variant");
        Need need = node.get("credential").present()
                ? node.get("credential").constant(Need.class, Need.REQUIRED)
                : Need.REQUIRED;
        EffectMode effect = node.get("effect").constant(EffectMode.class, EffectMode.UNSAFE);
        if ((effect == EffectMode.VERIFIABLE) != node.get("verify").present()) {
            node.get("verify").objection("must be there if the effect is verifiable, and only then");
        }
        ActionDescriptor descriptor = new ActionDescriptor(
                node.get("name").text(),
                node.get("title").text(),
                connector,
                kind(need, credential),
                need == Need.REQUIRED,
                effect,
                node.get("timeout").present()
                        ? node.get("timeout").parsed(Duration::parse).orElse(DEFAULT_TIMEOUT)
                        : DEFAULT_TIMEOUT,
                node.get("input").elements().stream().map(ManifestReader::field).toList(),
                example(node.get("example")),
                variant(node.get("variant")));
        return new Manifest.Action(descriptor, node);
    }

    private static ActionDescriptor.@Nullable Variant variant(ManifestNode node) {
        if (!node.present()) {
            return null;
        }
        node.only("of", "provider");
        return new ActionDescriptor.Variant(
                node.get("of").text(), node.get("provider").text());
    }

    private static Manifest.Poll poll(String connector, CredentialKind credential, ManifestNode node) {
        node.only(
                "source",
                "title",
                "credential",
                "config",
                "request",
                "auth",
                "response",
                "errors",
                "key",
                "version",
                "changed",
                "created");
        Need need = node.get("credential").present()
                ? node.get("credential").constant(Need.class, Need.REQUIRED)
                : Need.REQUIRED;
        PollDescriptor descriptor = new PollDescriptor(
                node.get("source").text(),
                node.get("title").text(),
                connector,
                kind(need, credential),
                need == Need.REQUIRED,
                node.get("changed").present(),
                node.get("config").elements().stream()
                        .map(ManifestReader::field)
                        .toList());
        if (node.get("key").present() == node.get("request").get("handler").present()) {
            node.get("key").objection("must be there unless a handler makes the items");
        }
        return new Manifest.Poll(
                descriptor,
                new Manifest.Places(
                        place(node, "key"), place(node, "version"), place(node, "changed"), place(node, "created")),
                node);
    }

    private static @Nullable Path place(ManifestNode node, String name) {
        return node.get(name).present()
                ? node.get(name).parsed(ManifestReader::path).orElse(null)
                : null;
    }

    private static Path path(String text) {
        try {
            return Path.parse(text);
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static TriggerDescriptor trigger(String connector, ManifestNode node) {
        node.only("type", "title", "config");
        String type = node.get("type").text();
        if (!TRIGGER_TYPE.matcher(type).matches()) {
            node.get("type").objection("must be capitals, digits and '_'");
        }
        return new TriggerDescriptor(
                type,
                node.get("title").text(),
                connector,
                node.get("config").elements().stream()
                        .map(ManifestReader::field)
                        .toList());
    }

    private static Map<String, Object> example(ManifestNode node) {
        Map<String, Object> example = new LinkedHashMap<>();
        if (node.raw() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> example.put(String.valueOf(name), value));
        } else if (node.present()) {
            node.objection("must be an object");
        }
        return example;
    }

    private static @Nullable String kind(Need need, CredentialKind credential) {
        return need == Need.NONE ? null : credential.kind();
    }

    private static InputField field(ManifestNode node) {
        node.only("name", "type", "required", "description", "values");
        return new InputField(
                node.get("name").text(),
                node.get("type").constant(InputField.Type.class, InputField.Type.ANY),
                node.get("required").flag(),
                node.get("description").text(),
                node.get("values").texts());
    }

    /** Whether an action uses the connector's credential. */
    private enum Need {
        REQUIRED,
        OPTIONAL,
        NONE
    }
}
