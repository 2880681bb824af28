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
    RETRY("later", ReturnType.LIST),
    DEFER("later", ReturnType.LIST),
    RELEASE(ReturnType.LONG),
    PROMOTE(ReturnType.LIST),
    RESCUE(ReturnType.LIST),
    CAP(ReturnType.LONG),
    LIMIT(ReturnType.LONG),
    HOLD(ReturnType.LONG);

    private final String lua;
    private final ReturnType output;

    QueueScript(ReturnType output) {
        this.lua = lua(label());
        this.output = output;
    }

    QueueScript(String file, ReturnType output) {
        this.lua = lua(file);
        this.output = output;
    }

    /** The verb, as metrics name it, and its file if it has one of its own. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String lua() {
        return lua;
    }

    ReturnType output() {
        return output;
    }

    private static String lua(String file) {
        return read("queue.lua") + read(file + ".lua");
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
