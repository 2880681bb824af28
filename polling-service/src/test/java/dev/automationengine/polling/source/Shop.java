package dev.automationengine.polling.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A third party with a list of orders in JSON. It knows validators, and is out of order as often as it is told. */
final class Shop implements AutoCloseable {
    private final HttpServer server;
    private final Map<Integer, String> orders = new LinkedHashMap<>();
    private final Deque<Integer> refusals = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger notModified = new AtomicInteger();

    Shop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    synchronized void order(int id, String state) {
        orders.put(id, state);
    }

    synchronized void refuse(int status, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(status);
        }
    }

    int asked() {
        return asked.get();
    }

    int notModified() {
        return notModified.get();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            Integer refusal = refusals.poll();
            if (refusal != null) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(refusal, -1);
                return;
            }
            String body = orders.entrySet().stream()
                    .map(order -> "{\"id\":%d,\"state\":\"%s\"}".formatted(order.getKey(), order.getValue()))
                    .collect(Collectors.joining(",", "{\"orders\":[", "]}"));
            String etag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                notModified.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
