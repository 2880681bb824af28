package dev.automationengine.kit.trace;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries one trace across Kafka and Redis, where no library does it for single messages of a batch. */
public final class Traces {
    private static final String TRACEPARENT = "traceparent";

    private final Tracer tracer;
    private final Propagator propagator;

    Traces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * The current span as a W3C {@code traceparent}, to be stored with a message; null outside of a span.
     *
     * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context</a>
     */
    public @Nullable String traceparent() {
        Span span = tracer.currentSpan();
        return span == null ? null : traceparent(span);
    }

    /**
     * Does work in a span that continues the trace of a message; log lines of the work carry the trace id.
     *
     * @param traceparent of the message; null or malformed: a new trace begins
     * @param name of the span; a fixed text, no ids
     * @param work what to do
     */
    public <T extends @Nullable Object> T continued(@Nullable String traceparent, String name, Supplier<T> work) {
        Span span = start(traceparent, name);
        try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
            return work.get();
        } catch (RuntimeException | Error e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private Span start(@Nullable String traceparent, String name) {
        Map<String, String> carrier = traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
        return propagator
                .extract(carrier, Map::get)
                .name(name)
                .kind(Span.Kind.CONSUMER)
                .start();
    }

    private @Nullable String traceparent(Span span) {
        Map<String, String> carrier = new HashMap<>();
        propagator.inject(span.context(), carrier, (ignored, name, value) -> carrier.put(name, value));
        return carrier.get(TRACEPARENT);
    }
}
