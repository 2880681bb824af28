package dev.automationengine.localstack.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Java API of {@link SimulatorServer} over HTTP, for tests and demos in other processes. */
final class ControlApi implements VendorApi {
    private static final int DEFAULT_LIMIT = 100;

    private final SimulatorServer server;

    ControlApi(SimulatorServer server) {
        this.server = server;
    }

    @Override
    public Answer answer(Call call) {
        String route = call.method() + " " + call.path().replaceAll("/$", "");
        try {
            return switch (route) {
                case "GET /control" ->
                    Answer.json(200, Json.object().put("url", server.url().toString()));
                case "PUT /control/leads" -> done(() -> ControlInput.leads(body(call), server.leads()));
                case "PUT /control/tokens" -> done(() -> ControlInput.tokens(body(call), server.tokens()));
                case "PUT /control/whatsapp" ->
                    done(() -> ControlInput.whatsApp(body(call), server.whatsApp(), server.whatsAppStatuses()));
                case "PUT /control/oauth" -> done(() -> ControlInput.oauth(body(call), server.oauth()));
                case "PUT /control/google" -> done(() -> ControlInput.google(body(call), server.googleSheets()));
                case "GET /control/google" -> google();
                case "GET /control/oauth" ->
                    Answer.json(
                            200,
                            Json.object()
                                    .put("refreshes", server.oauth().refreshes())
                                    .put("reuses", server.oauth().reuses())
                                    .set(
                                            "tokens",
                                            Json.MAPPER.valueToTree(
                                                    server.oauth().tokens())));
                case "DELETE /control/faults" -> done(() -> server.faults().clear());
                case "GET /control/requests" -> requests(call);
                case "GET /control/effects" -> effects(call);
                case "DELETE /control" -> done(server::reset);
                default -> faults(call, route);
            };
        } catch (IllegalArgumentException | JacksonException bad) {
            throw refused(400, String.valueOf(bad.getMessage()));
        }
    }

    private Answer faults(Call call, String route) {
        int name = route.lastIndexOf('/') + 1;
        Optional<Vendor> vendor = Vendor.labelled(route.substring(name).toLowerCase(Locale.ROOT));
        if (vendor.isEmpty()) {
            throw refused(404, "no such control: " + route);
        }
        return switch (route.substring(0, name)) {
            case "PUT /control/faults/" ->
                done(() -> server.faults().set(vendor.get(), ControlInput.faults(body(call), vendor.get())));
            case "POST /control/faults/" ->
                done(() -> ControlInput.faults(body(call), vendor.get())
                        .forEach(fault -> server.faults().add(vendor.get(), fault)));
            case "DELETE /control/faults/" -> done(() -> server.faults().clear(vendor.get()));
            default -> throw refused(404, "no such control: " + route);
        };
    }

    private Answer google() {
        GoogleSheets sheets = server.googleSheets();
        ObjectNode answer =
                Json.object().put("service_account_key", GoogleAccounts.keyFile(server.url(Vendor.GOOGLE) + "/token"));
        answer.set("rows", Json.MAPPER.valueToTree(sheets.rows(DemoAccounts.SPREADSHEET, DemoAccounts.SHEET)));
        return Answer.json(200, answer);
    }

    private Answer requests(Call call) {
        Optional<Vendor> vendor = call.parameter("vendor")
                .map(label -> Vendor.labelled(label)
                        .orElseThrow(() -> new IllegalArgumentException("no such vendor: " + label)));
        var all = vendor.map(server.requests()::of).orElseGet(server.requests()::all);
        ObjectNode answer = Json.object();
        ObjectNode counts = answer.putObject("counts");
        for (Vendor each : Vendor.values()) {
            counts.put(each.label(), server.requests().count(each));
        }
        answer.set("requests", Json.MAPPER.valueToTree(newest(all, call)));
        return Answer.json(200, answer);
    }

    private Answer effects(Call call) {
        Effects effects = server.effects();
        ObjectNode answer = Json.object();
        answer.put("crm_contacts", effects.contacts().size());
        answer.put("whatsapp_messages", effects.messages().size());
        answer.set("repeated_contacts", Json.MAPPER.valueToTree(effects.repeatedContacts()));
        answer.set("repeated_messages", Json.MAPPER.valueToTree(effects.repeatedMessages()));
        answer.set("contacts", Json.MAPPER.valueToTree(newest(effects.contacts(), call)));
        answer.set("messages", Json.MAPPER.valueToTree(newest(effects.messages(), call)));
        ObjectNode kept = answer.putObject("kept");
        for (Vendor vendor : Vendor.values()) {
            Map<String, String> records = effects.kept(vendor);
            if (!records.isEmpty()) {
                kept.set(vendor.label(), Json.MAPPER.valueToTree(records));
            }
        }
        answer.set(
                "documents",
                Json.MAPPER.valueToTree(newest(List.copyOf(effects.documents().entrySet()), call).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
        return Answer.json(200, answer);
    }

    private static <T> List<T> newest(List<T> all, Call call) {
        int limit = call.parameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
        return all.subList(Math.max(0, all.size() - Math.max(0, limit)), all.size());
    }

    private static JsonNode body(Call call) {
        return Json.parse(call.body()).orElseThrow(() -> new IllegalArgumentException("the body is no JSON"));
    }

    private static Answer done(Runnable change) {
        change.run();
        return Answer.empty(204);
    }

    private static Refused refused(int status, String detail) {
        return new Refused(Answer.json(status, Json.object().put("error", detail)));
    }
}
