package dev.automationengine.systemtests.fleet;

import dev.automationengine.localstack.simulator.DemoAccounts;
import dev.automationengine.localstack.simulator.MetaSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An organization with its key, its own page and form at Meta, and its accounts at the CRM and at WhatsApp. */
public final class Tenant {
    private final Fleet fleet;
    private final String id;
    private final String key;
    private final String pageId = number();
    private final String formId = number();
    private final String crmKey = "crm-" + number();

    Tenant(Fleet fleet, String id, String key) {
        this.fleet = fleet;
        this.id = id;
        this.key = key;
        fleet.planted().plant(key);
    }

    /** The organization's id. */
    public String id() {
        return id;
    }

    /** The organization's API key. */
    public String key() {
        return key;
    }

    /** Meta's id of the page. */
    public String pageId() {
        return pageId;
    }

    /** Meta's id of the form. */
    public String formId() {
        return formId;
    }

    /** Calls the API with the organization's key. */
    public Http.Answer call(String method, String path, Object body) {
        Http.Answer answer = Http.send(method, fleet.api(path), key, body);
        fleet.planted().inspect(method + " " + path, answer);
        return answer;
    }

    /** Reads from the API with the organization's key. */
    public Http.Answer get(String path) {
        Http.Answer answer = Http.send("GET", fleet.api(path), key, null);
        fleet.planted().inspect("GET " + path, answer);
        return answer;
    }

    /** Makes the accounts at the third parties and stores their secrets with the engine. */
    public Tenant connected() {
        String pageToken = "EAA" + number();
        control(
                "/control/tokens",
                Map.of(
                        "page_tokens", List.of(Map.of("token", pageToken, "page_ids", List.of(pageId))),
                        "crm_keys", List.of(crmKey)));
        control("/control/leads", Map.of("forms", List.of(Map.of("page_id", pageId, "form_id", formId))));
        credential("meta_page", Map.of("page_id", pageId), Map.of("access_token", pageToken));
        credential(
                "whatsapp",
                Map.of("phone_number_id", DemoAccounts.PHONE_NUMBER_ID),
                Map.of("access_token", DemoAccounts.WHATSAPP_TOKEN));
        credential("crm_http", Map.of("base_url", fleet.simulator("/crm").toString()), Map.of("api_key", crmKey));
        return this;
    }

    /** Makes another form of the same page, and returns its id. */
    public String form() {
        String form = number();
        control("/control/leads", Map.of("forms", List.of(Map.of("page_id", pageId, "form_id", form))));
        return form;
    }

    /** Stores a secret and returns the id of the credential; the scan at the end looks for it. */
    public String credential(String kind, Map<String, String> attributes, Map<String, String> secrets) {
        secrets.values().forEach(fleet.planted()::plant);
        Http.Answer answer = call(
                "POST",
                "/v1/credentials",
                Map.of("kind", kind, "name", kind, "attributes", attributes, "secrets", secrets));
        if (answer.status() != 201) {
            throw new IllegalStateException("no credential: " + answer);
        }
        return answer.body().required("id").asString();
    }

    /** Creates a workflow and returns its id. */
    public String workflow(Object document) {
        Http.Answer answer = call("POST", "/v1/workflows", document);
        if (answer.status() != 201) {
            throw new IllegalStateException("no workflow: " + answer);
        }
        return answer.body().required("id").asString();
    }

    /** Puts a lead where Graph finds it. */
    public TestLead lead(Map<String, String> answers) {
        return lead(answers, Instant.now());
    }

    /** A lead so old that no sweep finds it: only a webhook that is believed brings it in. */
    public TestLead oldLead() {
        return lead(
                Map.of(
                        "email", "joe" + number() + "@example.com",
                        "full_name", "Joe Example",
                        "phone_number", "+16502530002"),
                Instant.now().minus(Duration.ofHours(1)));
    }

    private TestLead lead(Map<String, String> answers, Instant created) {
        TestLead lead = new TestLead(number() + "000", pageId, formId, answers);
        Map<String, List<String>> lists =
                answers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));
        control(
                "/control/leads",
                Map.of(
                        "leads",
                        List.of(new LinkedHashMap<>(Map.of(
                                "id", lead.id(),
                                "page_id", pageId,
                                "form_id", formId,
                                "created_time", created.toString(),
                                "answers", lists)))));
        return lead;
    }

    /** A lead with everything that the seed workflow wants, and an e-mail address of its own. */
    public TestLead lead() {
        return lead(Map.of(
                "email", "joe" + number() + "@example.com",
                "full_name", "Joe Example",
                "phone_number",
                        "+1650" + (2_000_000 + ThreadLocalRandom.current().nextInt(7_000_000))));
    }

    /** The executions of a workflow, newest first. */
    public List<JsonNode> executions(String workflowId) {
        return get("/v1/executions?workflow_id=" + workflowId)
                .body()
                .required("items")
                .valueStream()
                .toList();
    }

    /** Everything about an execution. */
    public JsonNode execution(String executionId) {
        return get("/v1/executions/" + executionId).body();
    }

    /** The dead letters of the organization. */
    public List<JsonNode> deadLetters() {
        return get("/v1/dead-letters").body().required("items").valueStream().toList();
    }

    /** Sends a body to the webhook with a signature made with the right secret. */
    public Http.Answer deliver(String body) {
        return deliver(
                body, MetaSignature.sha256(fleet.text("meta_app_secret"), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a body to the webhook with a signature. */
    public Http.Answer deliver(String body, String signature) {
        return Http.post(fleet.webhook(), body, Map.of("X-Hub-Signature-256", signature));
    }

    /** What the CRM made for this organization's leads. */
    public List<JsonNode> contacts(String email) {
        return fleetEffects("contacts").stream()
                .filter(c -> c.at("/fields/email").asString("").equals(email))
                .toList();
    }

    /** What WhatsApp accepted for a phone number. */
    public List<JsonNode> messages(String phone) {
        String digits = phone.substring(1);
        return fleetEffects("messages").stream()
                .filter(m -> m.path("to").asString("").endsWith(digits))
                .toList();
    }

    /** What a simulated vendor keeps: the newest JSON or form by the key that it knows a record by. */
    public Map<String, JsonNode> kept(String vendor) {
        return Http.send("GET", fleet.simulator("/control/effects"), null, null)
                .body()
                .at("/kept/" + vendor)
                .propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Tells the simulators what goes wrong. */
    public void control(String path, Object body) {
        Http.Answer answer = Http.send("PUT", fleet.simulator(path), null, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException("the simulators refuse: " + answer);
        }
    }

    private List<JsonNode> fleetEffects(String kind) {
        return Http.send("GET", fleet.simulator("/control/effects?limit=100000"), null, null)
                .body()
                .required(kind)
                .valueStream()
                .toList();
    }

    private static String number() {
        return Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L));
    }
}
