package dev.automationengine.connectors.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HashiCorp Vault's transit engine as its API document describes it, with a real cipher: refuses wrong methods, paths,
 * tokens, members, text that is not base64, and data that is bound to something else.
 */
final class TransitDouble implements AutoCloseable {
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "encrypt", Set.of("plaintext", "associated_data"), "decrypt", Set.of("ciphertext", "associated_data"));

    private final JsonMapper json = JsonMapper.shared();
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    private final HttpServer server;
    private final String token;
    private final String name;
    private volatile int failure;

    TransitDouble(String token, String name) {
        this.token = token;
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void failWith(int status) {
        failure = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (failure != 0) {
            send(exchange, failure, "{\"errors\":[\"Vault is sealed\"]}");
        } else if (!token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else {
            String data = data(exchange, body);
            send(
                    exchange,
                    data == null ? 400 : 200,
                    data == null ? "{\"errors\":[\"invalid\"]}" : "{\"data\":" + data + "}");
        }
    }

    private @Nullable String data(HttpExchange exchange, byte[] body) {
        String[] path = exchange.getRequestURI().getPath().split("/");
        JsonNode request = json.readTree(body);
        if (!exchange.getRequestMethod().equals("POST")
                || path.length != 5
                || !(path[1] + "/" + path[2]).equals("v1/transit")
                || !path[4].equals(name)
                || !Set.copyOf(request.propertyNames()).equals(MEMBERS.get(path[3]))) {
            return null;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            String bound = request.path("associated_data").asString();
            base64.decode(bound);
            if (path[3].equals("encrypt")) {
                byte[] plaintext = base64.decode(request.path("plaintext").asString());
                return json.writeValueAsString(
                        Map.of("ciphertext", "vault:v1:" + Cipher256.seal(key, plaintext, List.of(bound))));
            }
            String ciphertext = request.path("ciphertext").asString();
            if (!ciphertext.startsWith("vault:v1:")) {
                return null;
            }
            byte[] plaintext = Cipher256.open(key, ciphertext.substring("vault:v1:".length()), List.of(bound));
            return json.writeValueAsString(
                    Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext)));
        } catch (IllegalArgumentException | VaultException e) {
            return null;
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
