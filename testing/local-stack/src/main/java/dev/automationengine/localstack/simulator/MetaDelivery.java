package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of one webhook delivery of Meta, with all the forms it is known to take. Entries and changes come in the
 * order in which they are added. Not thread-safe.
 */
public final class MetaDelivery {
    private final ArrayNode entries = Json.array();
    private boolean numericIds;
    private boolean escaped;

    /** Writes ids as JSON numbers, as Meta's page shows them; else they are strings, as in its samples. */
    public MetaDelivery numericIds() {
        numericIds = true;
        return this;
    }

    /** Escapes what is not ASCII (lower-case hex) and slashes, as Meta sends and signs it. */
    public MetaDelivery escaped() {
        escaped = true;
        return this;
    }

    /** Adds an entry of a page. */
    public MetaDelivery entry(String pageId, Instant sentAt, Consumer<Entry> changes) {
        ObjectNode entry = entry(pageId, sentAt);
        changes.accept(new Entry(entry.putArray("changes")));
        return this;
    }

    /** Adds an entry that only says that a field changed, as Meta sends with "Include values" off: no lead id. */
    public MetaDelivery changedFieldsOnly(String pageId, Instant sentAt, String... fields) {
        ArrayNode names = entry(pageId, sentAt).putArray("changed_fields");
        for (String field : fields) {
            names.add(field);
        }
        return this;
    }

    /** Adds an entry of Messenger, which uses the same URL: {@code messaging} in the place of {@code changes}. */
    public MetaDelivery messaging(String pageId, Instant sentAt, String text) {
        ObjectNode message = entry(pageId, sentAt).putArray("messaging").addObject();
        message.putObject("sender").put("id", "4242");
        message.putObject("recipient").put("id", pageId);
        message.put("timestamp", sentAt.toEpochMilli());
        message.putObject("message").put("mid", "m_1").put("text", text);
        return this;
    }

    /** The delivery of one lead, sent in the second in which the form was submitted. */
    public static byte[] of(Lead lead) {
        return new MetaDelivery()
                .entry(lead.pageId(), lead.createdTime(), entry -> entry.leadgen(lead))
                .toBytes();
    }

    /** What the "Test" button of Meta's dashboard sends: placeholder ids that nobody can fetch. */
    public static byte[] testButton() {
        Instant sentAt = Instant.ofEpochSecond(1_588_890_044);
        String placeholder = "444444444444";
        return new MetaDelivery()
                .entry(
                        "0",
                        sentAt,
                        entry -> entry.leadgen(Lead.of(placeholder, placeholder, placeholder, sentAt)
                                .fromAd(Map.of("ad_id", "444444444", "adgroup_id", "44444444444"))))
                .toBytes();
    }

    /** The bytes to sign and send. */
    public byte[] toBytes() {
        ObjectNode body = Json.object().put("object", "page");
        body.set("entry", entries);
        String json = body.toString();
        return (escaped ? escape(json) : json).getBytes(UTF_8);
    }

    private ObjectNode entry(String pageId, Instant sentAt) {
        ObjectNode entry = entries.addObject();
        putId(entry, "id", pageId);
        return entry.put("time", sentAt.getEpochSecond());
    }

    private void putId(ObjectNode node, String member, String id) {
        if (numericIds) {
            node.put(member, Long.parseLong(id));
        } else {
            node.put(member, id);
        }
    }

    private static String escape(String json) {
        StringBuilder text = new StringBuilder(json.length() * 2);
        json.chars().forEach(c -> {
            if (c > 0x7e) {
                text.append("\\u%04x".formatted(c));
            } else if (c == '/') {
                text.append("\\/");
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }

    /** The changes of one entry. */
    public final class Entry {
        private final ArrayNode changes;

        private Entry(ArrayNode changes) {
            this.changes = changes;
        }

        /** A lead came; ad ids are there if it came by an ad. */
        public Entry leadgen(Lead lead) {
            ObjectNode value = Json.object();
            putId(value, "form_id", lead.formId());
            putId(value, "leadgen_id", lead.id());
            value.put("created_time", lead.createdTime().getEpochSecond());
            putId(value, "page_id", lead.pageId());
            String ad = lead.ad().get("ad_id");
            if (ad != null) {
                putId(value, "ad_id", ad);
                putId(value, "adgroup_id", lead.ad().getOrDefault("adgroup_id", ad));
            }
            return change("leadgen", value);
        }

        /** Another field of the same app, such as {@code feed}. */
        public Entry change(String field, String value) {
            changes.addObject().put("field", field).put("value", value);
            return this;
        }

        private Entry change(String field, JsonNode value) {
            changes.addObject().put("field", field).set("value", value);
            return this;
        }
    }
}
