package dev.automationengine.localstack.infrastructure;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The command {@code hello}, which MongoDB has since 4.4: the server knows it by its older name only. */
final class Hello {
    private static final String NAME = "hello";
    private static final String OLDER_NAME = "isMaster";

    private Hello() {}

    /** Lets the server answer, under the name that it knows. */
    static Document answered(MongoMessage message, Function<MongoMessage, Document> server) {
        Document command = message.getDocument();
        if (!command(message).equals(NAME)) {
            return server.apply(message);
        }
        Map<String, Object> rest = new LinkedHashMap<>(command);
        rest.remove(NAME);
        command.clear();
        // The first member is the command.
        command.put(OLDER_NAME, 1);
        command.putAll(rest);
        Document answer = server.apply(message);
        answer.put("isWritablePrimary", true);
        return answer;
    }

    /** Name of the command in a message. */
    static String command(MongoMessage message) {
        return message.getDocument().keySet().iterator().next();
    }
}
