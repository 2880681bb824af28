package dev.automationengine.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A service behind the gateway: remembers what it was sent and answers 200, or what it is told to. */
final class StubUpstream implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private volatile @Nullable Answer answer;

    StubUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The oldest request not asked for yet; null if none came. */
    @Nullable
    Seen next() {
        return seen.poll();
    }

    void reset() {
        seen.clear();
        answer = null;
    }

    void answer(Answer next) {
        answer = next;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            Answer now = answer;
            if (now == null) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                now.send(exchange);
            }
        }
    }

    /** How to answer. */
    interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    /** A request as it arrived. */
    record Seen(String method, String uri, Headers headers, byte[] body) {
        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }
    }
}
