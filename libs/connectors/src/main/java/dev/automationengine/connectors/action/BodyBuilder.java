package dev.automationengine.connectors.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bodies that templates cannot express, by the name that manifests use. */
enum BodyBuilder {
    /**
     * A message of WhatsApp's Cloud API: a template with positional parameters, a text, or buttons and lists.
     *
     * @see <a href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages">
     *     Meta: messages</a>
     */
    WHATSAPP_MESSAGE {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("messaging_product", "whatsapp");
            body.put("recipient_type", "individual");
            body.put("to", text(call.input().get("to"), "to"));
            Object template = call.input().get("template");
            Object text = call.input().get("text");
            Object interactive = call.input().get("interactive");
            if (Stream.of(template, text, interactive).filter(Objects::nonNull).count() != 1) {
                throw new InvalidInputException("give one of template, text and interactive");
            }
            if (template != null) {
                body.put("type", "template");
                body.put("template", template(template));
            } else if (interactive != null) {
                body.put("type", "interactive");
                body.put("interactive", Present.only(interactive));
            } else {
                body.put("type", "text");
                body.put("text", Map.of("body", text(text, "text")));
            }
            // Status webhooks echo it: by the organization they find whose message it was.
            body.put("biz_opaque_callback_data", call.org() + "/" + call.effectKey());
            return body;
        }

        private Map<String, Object> template(Object input) {
            if (!(input instanceof Map<?, ?> template)) {
                throw new InvalidInputException("template must be an object");
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", text(template.get("name"), "template.name"));
            body.put("language", Map.of("code", text(template.get("language"), "template.language")));
            List<Object> parameters = new ArrayList<>();
            if (template.get("parameters") instanceof List<?> values) {
                for (Object value : values) {
                    int place = parameters.size();
                    parameters.add(Map.of("type", "text", "text", text(value, "template.parameters[" + place + "]")));
                }
            }
            if (!parameters.isEmpty()) {
                body.put("components", List.of(Map.of("type", "body", "parameters", parameters)));
            }
            return body;
        }
    },

    /** The contact of the input as it is, and the key of the effect with it, to be found by later. */
    CONTACT_WITH_EXTERNAL_ID {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            if (!(call.input().get("field_mapping") instanceof Map<?, ?> contact)) {
                throw new InvalidInputException("field_mapping must be an object");
            }
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            contact.forEach((name, value) -> body.put(String.valueOf(name), value));
            body.put("external_id", call.effectKey());
            return body;
        }
    },

    /** A contact or other object of HubSpot. */
    HUBSPOT_UPSERT {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            return CrmRecord.hubSpot(call);
        }
    },

    /** A record of Salesforce. */
    SALESFORCE_UPSERT {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            return CrmRecord.salesforce(call);
        }
    },

    /** A record of Zoho CRM. */
    ZOHO_UPSERT {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            return CrmRecord.zoho(call);
        }
    },

    /** The stages that a lead has reached, for Meta. */
    CONVERSION_EVENTS {
        @Override
        Map<String, @Nullable Object> build(ActionCall call, Instant now) {
            return ConversionEvents.request(call, now);
        }
    };

    /** The body of a call that is made now. */
    abstract Map<String, @Nullable Object> build(ActionCall call, Instant now);

    /** A text that is there; a template that found nothing leaves null behind. */
    static String text(@Nullable Object value, String name) {
        String text =
                value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : "";
        if (text.isBlank()) {
            throw new InvalidInputException(name + " is empty");
        }
        return text;
    }
}
