package dev.automationengine.localstack;

import dev.automationengine.localstack.infrastructure.KafkaBroker;
import dev.automationengine.localstack.infrastructure.MongoStore;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Servers of this JVM, each started when it is asked for the first time, so that a test pays for what it uses. */
final class EmbeddedInfrastructure implements Infrastructure {
    private static final int TRIES = 3;

    private final Once kafka = new Once(EmbeddedInfrastructure::startKafka);
    private final Once redis = new Once(() -> RedisServer.start(Ports.free()).url());
    private final Once mongo = new Once(() -> MongoStore.inMemory(Ports.free()).url("test"));

    @Override
    public String kafka() {
        return kafka.get();
    }

    @Override
    public String redis() {
        return redis.get();
    }

    @Override
    public String mongo() {
        return mongo.get();
    }

    private static String startKafka() {
        try {
            Path directory = Files.createTempDirectory("engine-kafka-");
            KafkaBroker broker = KafkaBroker.start(directory, Ports.free(), Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(broker, directory), "kafka-discard"));
            return broker.bootstrap();
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for Kafka", e);
        }
    }

    private static void discard(KafkaBroker broker, Path directory) {
        // A broker whose directory vanishes halts the JVM with an error: stop it first.
        broker.close();
        Directories.delete(directory);
    }

    /** Starts something once, on another port if somebody took the first in the meantime. */
    private static final class Once {
        private final Supplier<String> start;
        private @Nullable String address;

        Once(Supplier<String> start) {
            this.start = start;
        }

        synchronized String get() {
            if (address == null) {
                address = startWithRetry();
            }
            return address;
        }

        private String startWithRetry() {
            for (int i = 1; ; i++) {
                try {
                    return start.get();
                } catch (RuntimeException e) {
                    if (i == TRIES) {
                        throw e;
                    }
                }
            }
        }
    }
}
