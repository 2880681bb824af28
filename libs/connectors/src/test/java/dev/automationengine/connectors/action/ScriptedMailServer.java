package dev.automationengine.connectors.action;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server with STARTTLS (GreenMail has none) that answers commands as it is told to, else as all is well. */
final class ScriptedMailServer implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final Map<String, String> replies;
    private final List<String> said = new CopyOnWriteArrayList<>();

    /**
     * Starts one.
     *
     * @param tls null: it offers no STARTTLS
     * @param replies by command, for instance RCPT or {@code .}; an empty one ends the connection
     */
    ScriptedMailServer(@Nullable SSLContext tls, Map<String, String> replies) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.replies = Map.copyOf(replies);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** All lines that came, those before TLS with {@code plain } before them. */
    List<String> said() {
        return said;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket, false);
            } catch (IOException e) {
                said.add("closed " + e.getMessage());
            }
        }
    }

    private void talk(Socket socket, boolean secure) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (!secure) {
            reply(socket, "220 ready");
        }
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add((secure ? "" : "plain ") + line);
            if (data && !line.equals(".")) {
                continue;
            }
            String command = line.split(" ", 2)[0];
            String reply = replies.getOrDefault(command, usual(command, secure));
            if (reply.isEmpty()) {
                return;
            }
            reply(socket, reply);
            data = command.equals("DATA");
            if (command.equals("STARTTLS") && tls != null) {
                SSLSocket wrapped = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, 0, true);
                wrapped.setUseClientMode(false);
                talk(wrapped, true);
                return;
            }
        }
    }

    private String usual(String command, boolean secure) {
        return switch (command) {
            case "EHLO" -> secure || tls == null ? "250-me\r\n250 AUTH PLAIN" : "250-me\r\n250 STARTTLS";
            case "STARTTLS" -> "220 go";
            case "AUTH" -> "235 welcome";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 fine";
        };
    }

    private static void reply(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
