package dev.automationengine.localstack.simulator;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HubSpot's contacts: search by time, and batch upsert by a unique property. Values that are no texts, unknown properties and more than 100
 * inputs are refused.
 *
 * @see <a href="https://developers.hubspot.com/docs/api/crm/contacts">HubSpot: contacts</a>
 */
final class HubSpotApi implements VendorApi {
    private static final int MOST = 100;
    private static final Set<String> UNIQUE = Set.of("email", "fb_lead_id");
    private static final Set<String> PROPERTIES = Set.of(
            "email",
            "firstname",
            "lastname",
            "phone",
            "company",
            "employees",
            "hs_lead_status",
            "fb_lead_id",
            "hubspot_owner_id");

    private final Tokens tokens;
    private final HubSpotContacts contacts;
    private final Effects effects;

    HubSpotApi(Tokens tokens, HubSpotContacts contacts, Effects effects) {
        this.tokens = tokens;
        this.contacts = contacts;
        this.effects = effects;
    }

    @Override
    public Answer answer(Call call) {
        if (call.bearer().filter(token -> tokens.accepts(Vendor.HUBSPOT, token)).isEmpty()) {
            throw error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used is expired");
        }
        if (call.path().matches("/hubspot/crm/(v3/objects|objects/[0-9-]+)/contacts/search")) {
            return search(call);
        }
        if (!call.path().matches("/hubspot/crm/(v3/objects|objects/[0-9-]+)/contacts/batch/upsert")) {
            throw error(404, "OBJECT_NOT_FOUND", "Not found");
        }
        if (!call.method().equals("POST") || !call.hasContentType("application/json")) {
            throw error(405, "METHOD_NOT_ALLOWED", "POST with JSON is wanted");
        }
        JsonNode inputs = Json.parse(call.body())
                .map(body -> body.path("inputs"))
                .orElseThrow(() -> error(400, "VALIDATION_ERROR", "Invalid input JSON"));
        if (!inputs.isArray() || inputs.isEmpty() || inputs.size() > MOST) {
            throw error(400, "VALIDATION_ERROR", "inputs must have 1 to 100 elements");
        }
        inputs.forEach(HubSpotApi::check);
        ObjectNode answer = Json.object().put("status", "COMPLETE");
        var results = answer.putArray("results");
        for (JsonNode input : inputs) {
            String key = Json.text(input, "idProperty") + "=" + Json.text(input, "id");
            boolean fresh =
                    effects.keep(Vendor.HUBSPOT, key, input.path("properties").toString());
            String id = Integer.toString(Math.floorMod(key.hashCode(), 1_000_000));
            contacts.store(id, input.path("properties"));
            results.addObject()
                    .put("id", id)
                    .put("new", fresh)
                    .put("objectWriteTraceId", Json.text(input, "objectWriteTraceId"))
                    .set("properties", input.path("properties"));
        }
        return Answer.json(200, answer);
    }

    private Answer search(Call call) {
        ObjectNode found = Json.parse(call.body())
                .filter(body -> call.method().equals("POST") && call.hasContentType("application/json"))
                .map(contacts::search)
                .orElseThrow(() -> error(400, "VALIDATION_ERROR", "There was a problem with the request."));
        return Answer.json(200, found);
    }

    private static void check(JsonNode input) {
        if (!UNIQUE.contains(Json.text(input, "idProperty"))
                || Json.text(input, "id").isBlank()) {
            throw error(400, "VALIDATION_ERROR", "id and a unique idProperty are wanted");
        }
        input.path("properties").properties().forEach(property -> {
            if (!PROPERTIES.contains(property.getKey())) {
                throw error(400, "VALIDATION_ERROR", "Property \"" + property.getKey() + "\" does not exist");
            }
            if (!property.getValue().isString()) {
                throw error(400, "VALIDATION_ERROR", "Property " + property.getKey() + " must be a string");
            }
        });
    }

    private static Refused error(int status, String category, String message) {
        return new Refused(Answer.json(
                status,
                Json.object()
                        .put("status", "error")
                        .put("message", message)
                        .put("correlationId", "aeb5f871-7f07-4993-9211-075dc63e7cbf")
                        .put("category", category)));
    }
}
