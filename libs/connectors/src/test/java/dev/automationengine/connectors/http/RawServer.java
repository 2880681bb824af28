package dev.automationengine.connectors.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A server on loopback that answers with just the bytes it is told to, however wrong they are. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();
    private final AtomicLong connections = new AtomicLong();

    private RawServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    /** Answers every request by the script; the connection stays open until the script throws or says to close. */
    static RawServer start(Script script) {
        try {
            RawServer server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
            server.threads.submit(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request with these bytes, in Latin-1, and keeps the connection. */
    static RawServer answering(String answer) {
        return start((head, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Listens on every address of this machine, so that whoever gets inside is seen. */
    static RawServer startEverywhere(String answer) {
        try {
            RawServer server = new RawServer(
                    new ServerSocket(0), (head, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
            server.threads.submit(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** What came as requests up to the empty line, in the order of arrival. */
    List<String> heads() {
        return heads;
    }

    long connections() {
        return connections.get();
    }

    /** The addresses that connections were made to. */
    List<String> peers() {
        return peers;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                peers.add(connection.getLocalAddress().getHostAddress());
                connections.incrementAndGet();
                threads.submit(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                script.answer(head, out);
                out.flush();
            }
        } catch (IOException e) {
            // The client has seen enough: that is what many of the tests wait for.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    interface Script {
        void answer(String head, OutputStream out) throws IOException;
    }
}
