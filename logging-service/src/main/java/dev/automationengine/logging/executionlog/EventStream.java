package dev.automationengine.logging.executionlog;

import dev.automationengine.kit.privacy.Sight;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** An answer as server-sent events (WHATWG HTML, section 9.2); each is flushed at once. */
final class EventStream {
    private static final String RETRY = "retry: 1000\n\n";

    private final OutputStream out;
    private final JsonMapper json;
    private final UnaryOperator<Object> seen;
    private long lastWrite = System.nanoTime();

    private EventStream(OutputStream out, JsonMapper json, UnaryOperator<Object> seen) {
        this.seen = seen;
        this.out = out;
        this.json = json;
    }

    /** Sends an execution: event {@code execution}, and {@code end} behind it if it never changes again. */
    void send(ExecutionLog log) throws IOException {
        String id = "id: " + log.rev() + "\n";
        write(id + "event: execution\ndata: " + json.writeValueAsString(seen.apply(log)) + "\n\n");
        if (log.status().terminal()) {
            write(id + "event: end\ndata: {}\n\n");
        }
    }

    /** Sends a comment if nothing was sent for so long; it fails if the watcher has gone. */
    void beat(Duration silence) throws IOException {
        if (System.nanoTime() - lastWrite >= silence.toNanos()) {
            write(": still here\n\n");
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        lastWrite = System.nanoTime();
    }

    /** Begins such answers. */
    @Component
    static final class Writer {
        private final JsonMapper json;
        private final Sight sight;

        Writer(JsonMapper json, Sight sight) {
            this.sight = sight;
            this.json = json;
        }

        EventStream open(HttpServletResponse response) throws IOException {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Reverse proxies such as nginx would keep the events back.
            response.setHeader("X-Accel-Buffering", "no");
            EventStream stream = new EventStream(
                    response.getOutputStream(), json, sight.isClear() ? UnaryOperator.identity() : sight::masked);
            stream.write(RETRY);
            return stream;
        }
    }
}
