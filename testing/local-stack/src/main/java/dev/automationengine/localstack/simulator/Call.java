package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request, read to its end.
 *
 * @param path decoded path, with its leading slash
 * @param rawQuery query as it came, possibly empty
 * @param headers by lower-case name; of a repeated one the first value
 */
record Call(
        String method,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body) {
    private static final int MAX_BODY = 32 * 1024 * 1024;

    static Call read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new IOException("a request body of more than " + MAX_BODY + " bytes");
        }
        String rawQuery =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                rawQuery,
                Form.decode(rawQuery),
                headers,
                body);
    }

    boolean under(String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty());
    }

    boolean hasContentType(String type) {
        return header("content-type")
                .map(value -> value.split(";", 2)[0].strip().equalsIgnoreCase(type))
                .orElse(false);
    }

    String text() {
        return new String(body, UTF_8);
    }

    /** The same call with a form's fields as parameters: Graph takes them from either place. */
    Call withFormParameters() {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.putAll(Form.decode(text()));
        return new Call(method, path, rawQuery, all, headers, body);
    }

    /** What a fault's {@code match} is looked for in. */
    String matchable() {
        return path + "?" + rawQuery + "\n" + text();
    }
}
