package dev.automationengine.localstack.infrastructure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The few words of Redis's protocol that a test needs. */
public final class RedisConnection implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    /** Connects to a server of this machine. */
    public RedisConnection(int port) throws IOException {
        socket = new Socket(Ports.HOST, port);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Sends a command whose answer is one line. */
    public String call(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = answers.readLine();
        return line == null ? "" : line;
    }

    /** A section of INFO, by line. */
    public List<String> info(String section) throws IOException {
        int length = Integer.parseInt(call("INFO " + section).substring(1));
        List<String> lines = new ArrayList<>();
        for (int read = 0; read < length; read += lines.getLast().length() + 2) {
            String line = answers.readLine();
            lines.add(line == null ? "" : line);
        }
        answers.readLine();
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
