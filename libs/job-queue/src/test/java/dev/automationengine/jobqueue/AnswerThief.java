package dev.automationengine.jobqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and Redis. When told so, it lets the next script call through, waits until Redis has answered,
 * keeps the answer and breaks the connection: done, and nobody knows.
 */
final class AnswerThief implements AutoCloseable {
    private static final int CHUNK = 65_536;

    private final int redisPort;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger stolen = new AtomicInteger();

    AnswerThief(int redisPort) {
        this.redisPort = redisPort;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    /** Steals the answer of the next script call. */
    void stealNext() {
        wanted.set(1);
    }

    int stolen() {
        return stolen.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
                open.add(client);
                open.add(redis);
                Connection connection = new Connection(client, redis);
                Thread.ofVirtual().start(connection::requests);
                Thread.ofVirtual().start(connection::answers);
            } catch (IOException e) {
                // The door was closed, or Redis is gone: the client sees a refused connection.
                continue;
            }
        }
    }

    @Override
    public void close() {
        quietly(door);
        open.forEach(AnswerThief::quietly);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Connection {
        private final Socket client;
        private final Socket redis;
        private volatile boolean steal;

        Connection(Socket client, Socket redis) {
            this.client = client;
            this.redis = redis;
        }

        void requests() {
            pump(client, redis, request -> {
                if (request.contains("EVALSHA") && wanted.compareAndSet(1, 0)) {
                    steal = true;
                }
                return true;
            });
        }

        void answers() {
            pump(redis, client, answer -> {
                if (steal) {
                    stolen.incrementAndGet();
                }
                return !steal;
            });
        }

        private void pump(Socket from, Socket to, Judge judge) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] chunk = new byte[CHUNK];
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    if (!judge.pass(new String(chunk, 0, length, StandardCharsets.ISO_8859_1))) {
                        return;
                    }
                    out.write(chunk, 0, length);
                }
            } catch (IOException e) {
                // One side has closed: both end, as they should.
                return;
            } finally {
                open.remove(from);
                open.remove(to);
            }
        }
    }

    /** Looks at what passes. */
    @FunctionalInterface
    private interface Judge {
        /** False: keep it and break the connection. */
        boolean pass(String bytes);
    }
}
