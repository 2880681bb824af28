package dev.automationengine.localstack.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The few words of Redis's protocol that a test needs. */
final class RedisConnection implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answers;

    RedisConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Sends a command whose answer is one line. */
    String call(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = answers.readLine();
        return line == null ? "" : line;
    }

    /** A section of INFO, by line. */
    List<String> info(String section) throws IOException {
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
