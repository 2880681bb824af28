package dev.automationengine.logging.executionlog;

import com.mongodb.MongoException;
import dev.automationengine.kit.problem.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads for people, who are told to come again while MongoDB is away. */
final class LogReads {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private LogReads() {}

    static <T> T available(Supplier<T> read) {
        try {
            return read.get();
        } catch (MongoException e) {
            throw ProblemException.unavailable("The log cannot be read now.", TRY_AGAIN, e);
        }
    }
}
