package dev.automationengine.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server (the part of RFC 5321 that is needed): keeps what it gets, or refuses it. */
final class MailServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    MailServer() {
        try {
            socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What came, headers and text. */
    List<String> mails() {
        return mails;
    }

    void refuse(boolean now) {
        refusing = now;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException e) {
                // The client or the test is gone; the next one may come.
                continue;
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream();
        say(out, "220 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("DATA")) {
                say(out, "354 go on");
                mails.add(content(in));
                say(out, "250 kept");
            } else if (line.startsWith("RCPT") && refusing) {
                say(out, "451 not now");
            } else if (line.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 fine");
            }
        }
    }

    private static String content(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append('\n');
        }
        return content.toString();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
