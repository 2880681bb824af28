package dev.automationengine.localstack;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/** Servers in containers, each started at its first use. Testcontainers removes them when the JVM has ended. */
final class ContainerInfrastructure implements Infrastructure {
    private static final int REDIS_PORT = 6379;

    private final Once<KafkaContainer> kafka =
            new Once<>(() -> new KafkaContainer(image("kafka", "apache/kafka:4.2.0")));
    private final Once<GenericContainer<?>> redis = new Once<>(() -> new GenericContainer<>(image("redis", "redis:8.2"))
            .withExposedPorts(REDIS_PORT)
            .withCommand("redis-server", "--appendonly", "yes", "--maxmemory-policy", "noeviction")
            .waitingFor(Wait.forListeningPort()));
    private final Once<MongoDBContainer> mongo = new Once<>(() -> new MongoDBContainer(image("mongodb", "mongo:8.0")));

    @Override
    public String kafka() {
        return kafka.started().getBootstrapServers();
    }

    @Override
    public String redis() {
        GenericContainer<?> server = redis.started();
        return "redis://" + server.getHost() + ":" + server.getMappedPort(REDIS_PORT);
    }

    @Override
    public String mongo() {
        return mongo.started().getConnectionString();
    }

    private static DockerImageName image(String server, String usual) {
        String name = System.getProperty("infra.image." + server, usual);
        // An image from elsewhere is taken for what it stands in for.
        return DockerImageName.parse(name).asCompatibleSubstituteFor(usual.substring(0, usual.indexOf(':')));
    }

    /** A container that is made and started once. */
    private static final class Once<T extends GenericContainer<?>> {
        private final Supplier<T> making;
        private @Nullable T container;

        Once(Supplier<T> making) {
            this.making = making;
        }

        synchronized T started() {
            if (container == null) {
                T made = making.get();
                made.start();
                container = made;
            }
            return container;
        }
    }
}
