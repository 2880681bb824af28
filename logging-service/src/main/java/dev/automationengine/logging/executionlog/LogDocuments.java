package dev.automationengine.logging.executionlog;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Turns logs into documents and back, by way of their JSON: so the members have the same names in Kafka, MongoDB and
 * REST, and a payload may have keys with dots.
 */
@Component
class LogDocuments {
    private static final String ID = "_id";
    private static final String EXECUTION_ID = "execution_id";

    private final JsonMapper json;
    private final JsonMapper bson;

    LogDocuments(JsonMapper json) {
        this.json = json;
        this.bson = json.rebuild()
                .addModule(new SimpleModule()
                        .addSerializer(Instant.class, new InstantAsDate())
                        .addSerializer(BigInteger.class, new BigIntegerAsText()))
                .build();
    }

    Document write(ExecutionLog log, Instant expireAt) {
        Document document = bson.convertValue(log, Document.class);
        document.put(ID, document.remove(EXECUTION_ID));
        document.put("expire_at", Date.from(expireAt));
        return document;
    }

    <T> T read(Document document, Class<T> type) {
        document.put(EXECUTION_ID, document.remove(ID));
        return json.convertValue(document, type);
    }

    private static final class InstantAsDate extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeEmbeddedObject(Date.from(value));
        }
    }

    /** BSON has no integers of more than 64 bits; a payload may. */
    private static final class BigIntegerAsText extends ValueSerializer<BigInteger> {
        @Override
        public void serialize(BigInteger value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }
}
