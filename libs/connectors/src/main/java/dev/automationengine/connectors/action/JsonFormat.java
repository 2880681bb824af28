package dev.automationengine.connectors.action;

import dev.automationengine.expressions.InvalidExpressionException;
import dev.automationengine.expressions.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The items of a list in JSON, known by what the trigger says, or by all that they say. */
final class JsonFormat implements HttpPoll.Format {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public @Nullable List<Object> items(Map<String, @Nullable Object> input, AnswerBody body) {
        Optional<Path> place = place(input, "items");
        Object found = place.isPresent() ? place.get().resolve(Map.of("body", orEmpty(body.value()))) : body.value();
        if (!(found instanceof List<?> list)) {
            return null;
        }
        Optional<Path> key = place(input, "key");
        Optional<Path> version = place(input, "version");
        List<Object> items = new ArrayList<>();
        for (Object each : list) {
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            if (each instanceof Map<?, ?> members) {
                members.forEach((name, value) -> data.put(String.valueOf(name), value));
            } else {
                data.put("value", each);
            }
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put(PollRunner.KEY, key.isPresent() ? at(key.get(), data) : hash(data));
            item.put(PollRunner.VERSION, version.isPresent() ? at(version.get(), data) : null);
            item.put(PollRunner.DATA, data);
            items.add(item);
        }
        return items;
    }

    private static Object orEmpty(@Nullable Object body) {
        return body == null ? Map.of() : body;
    }

    private static @Nullable Object at(Path place, Map<String, @Nullable Object> data) {
        return place.resolve(Map.of("item", data));
    }

    /** Where something is: of the whole answer below {@code body}, of an item below {@code item}. */
    private static Optional<Path> place(Map<String, @Nullable Object> input, String name) {
        Object text = input.get(name);
        if (text == null) {
            return Optional.empty();
        }
        String written = BodyBuilder.text(text, name);
        try {
            return Optional.of(
                    Path.parse((name.equals("items") ? "body." : "item.") + written.replaceFirst("^body\\.", "")));
        } catch (InvalidExpressionException e) {
            throw new InvalidInputException(name + " is no place: " + e.getMessage());
        }
    }

    /** An item without a key is known by all that it says. */
    private static String hash(Map<String, @Nullable Object> data) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest(JSON.writeValueAsString(data).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        } catch (JacksonException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }
}
