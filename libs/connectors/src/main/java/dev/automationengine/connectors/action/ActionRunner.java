package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.OutboundHttp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Performs actions, one attempt each. Thread-safe; a run blocks. */
public final class ActionRunner {
    private final OutboundHttp http;
    private final Map<String, String> settings;
    private final Errors errors;
    private final ServiceAccounts accounts;
    private volatile Map<String, Action> actions = Map.of();

    /**
     * Compiles the manifests of all actions, and those that replace them later.
     *
     * @param catalog the actions
     * @param http performs the calls
     * @param settings values that replace those of manifests, for instance {@code graph_url}
     * @param clock for dates that third parties name
     * @throws InvalidManifestException if a manifest cannot work, with all findings
     */
    public ActionRunner(ActionCatalog catalog, OutboundHttp http, Map<String, String> settings, InstantSource clock) {
        this.http = http;
        this.settings = Map.copyOf(settings);
        this.errors = new Errors(clock);
        this.accounts = new ServiceAccounts(http, clock);
        prepare(catalog.manifests()).run();
        catalog.whenReplaced(this::prepare);
    }

    private Runnable prepare(List<Manifest> manifests) {
        // What is not in the catalog any more may be asked for once more by who has just looked it up there.
        Map<String, Action> next = new HashMap<>(actions);
        List<Finding> findings = new ArrayList<>();
        for (Manifest manifest : manifests) {
            Map<String, String> effective = manifest.settings(settings);
            for (Manifest.Action action : performed(manifest)) {
                int before = action.source().findings().size();
                next.put(
                        action.descriptor().name(),
                        withTokens(manifest, effective, action(manifest.baseUrl(), effective, action, http, errors)));
                List<Finding> all = action.source().findings();
                findings.addAll(all.subList(before, all.size()));
            }
        }
        if (!findings.isEmpty()) {
            throw new InvalidManifestException(findings);
        }
        return () -> actions = next;
    }

    /** Its actions, and the looks at its sources. */
    private static List<Manifest.Action> performed(Manifest manifest) {
        return Stream.concat(
                        manifest.actions().stream(), manifest.polls().stream().map(Manifest.Poll::asAction))
                .toList();
    }

    /** Where service accounts may be used, too, instead of a token that is stored. */
    private Action withTokens(Manifest manifest, Map<String, String> settings, Action action) {
        ManifestNode node = manifest.source().get("credential").get("service_account");
        if (!node.present()) {
            return action;
        }
        node.only("token_url", "scope");
        String url = String.valueOf(node.get("token_url").compiled().render(Map.of("settings", settings)));
        return new ServiceAccountAction(
                action,
                accounts,
                new ServiceAccounts.Grant(url, node.get("scope").text()));
    }

    private static Action action(
            BaseUrl baseUrl, Map<String, String> settings, Manifest.Action action, OutboundHttp http, Errors errors) {
        ManifestNode source = action.source();
        ManifestNode handler = source.get("request").get("handler");
        if (handler.present()) {
            Optional<SheetsAction.Operation> sheets = SheetsAction.Operation.of(handler.text());
            if (sheets.isPresent()) {
                return new SheetsAction(
                        sheets.get(),
                        http,
                        errors,
                        ErrorRules.read(source.get("errors")),
                        baseUrl.render(Map.of("settings", settings)));
            }
            if (handler.text().equals("smtp-send")) {
                return new SmtpAction(http.sockets(), (SSLSocketFactory) SSLSocketFactory.getDefault(), errors.clock());
            }
            if (handler.text().equals("pipedrive-upsert")) {
                return new PipedriveUpsert(
                        http,
                        errors,
                        ErrorRules.read(source.get("errors")),
                        Authorization.read(source.get("auth")),
                        baseUrl,
                        settings);
            }
            if (handler.text().equals("feed-poll")) {
                return new HttpPoll(new FeedFormat(), http, errors);
            }
            if (handler.text().equals("json-poll")) {
                return new HttpPoll(new JsonFormat(), http, errors);
            }
            if (!handler.text().equals("http-request")) {
                handler.objection("is unknown");
            }
            return new HttpRequestAction(http, errors);
        }
        ErrorRules rules = ErrorRules.read(source.get("errors"));
        return new TemplatedAction(
                action.descriptor().effect(),
                RequestTemplate.read(settings, baseUrl, source.get("request"), source.get("auth"), errors.clock()),
                AnswerTemplate.read(
                        source.get("response"),
                        // A page of items is read here and now, and never goes anywhere whole.
                        action.descriptor().name().startsWith(Manifest.Poll.action(""))),
                rules,
                verification(baseUrl, settings, source, rules, http, errors),
                http,
                errors);
    }

    private static @Nullable Verification verification(
            BaseUrl baseUrl,
            Map<String, String> settings,
            ManifestNode source,
            ErrorRules rules,
            OutboundHttp http,
            Errors errors) {
        ManifestNode verify = source.get("verify");
        return verify.present()
                ? Verification.read(
                        verify,
                        RequestTemplate.read(
                                settings, baseUrl, verify.get("request"), source.get("auth"), errors.clock()),
                        rules,
                        http,
                        errors)
                : null;
    }

    /**
     * Performs one attempt. Whatever happens is told by the result; an exception is a fault of this engine.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    public ActionResult run(ActionCall call) {
        try {
            return action(call.action()).run(call);
        } catch (InvalidInputException e) {
            return Errors.invalidInput(e);
        }
    }

    /**
     * Whether an action with this input may be repeated.
     *
     * @throws IllegalArgumentException if there is no such action
     */
    public EffectMode effect(String action, Map<String, ? extends @Nullable Object> input) {
        return action(action).effect(input);
    }

    private Action action(String name) {
        Action action = actions.get(name);
        if (action == null) {
            throw new IllegalArgumentException("unknown action " + name);
        }
        return action;
    }
}
