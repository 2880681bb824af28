package dev.automationengine.jobqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.redisson.api.RScript.ReturnType;

/** The Lua scripts, one per verb. Each file says what it takes and gives; {@code queue.lua} goes before each. */
enum QueueScript {
    ENQUEUE(ReturnType.LONG),
    CLAIM(ReturnType.LIST),
    RENEW(ReturnType.LIST),
    COMPLETE(ReturnType.LIST),
    RETRY(ReturnType.LONG),
    RELEASE(ReturnType.LONG),
    PROMOTE(ReturnType.LIST),
    RESCUE(ReturnType.LIST),
    CAP(ReturnType.LONG);

    private final String lua;
    private final ReturnType output;

    QueueScript(ReturnType output) {
        this.lua = read("queue.lua") + read(label() + ".lua");
        this.output = output;
    }

    /** The verb, as files and metrics name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String lua() {
        return lua;
    }

    ReturnType output() {
        return output;
    }

    private static String read(String file) {
        try (InputStream in = QueueScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("script " + file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
