package dev.automationengine.localstack.infrastructure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * An ordinary Kafka broker and KRaft controller in this JVM, set up to be small and quick rather than fast.
 *
 * <p>A record that was acknowledged is in the page cache of the machine, so it survives the death of the process.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER_ID = "YXV0b21hdGlvbi1lbmdpbg";

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Formats the directory if it is new, starts the broker and returns when it serves.
     *
     * @param directory where the logs are kept
     * @param port port of the broker
     * @param controllerPort port of the controller
     * @throws IllegalStateException if the directory can't be formatted
     */
    public static KafkaBroker start(Path directory, int port, int controllerPort) {
        Properties properties = properties(directory, port, controllerPort);
        format(directory, properties);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, port);
    }

    /** Address for {@code bootstrap.servers}. */
    public String bootstrap() {
        return Ports.HOST + ":" + port;
    }

    /** Waits until the broker has been closed by somebody else. */
    public void awaitClosed() {
        server.awaitShutdown();
    }

    /** Stops the broker; its directory stays. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory, Properties properties) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("server.properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            String[] arguments = {"format", "-c", file.toString(), "-t", CLUSTER_ID, "--ignore-formatted"};
            int code = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
            if (code != 0) {
                throw new IllegalStateException(
                        "Kafka could not format " + directory + ": " + said.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka can't use " + directory, e);
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@" + Ports.HOST + ":" + controllerPort);
        p.setProperty(
                "listeners",
                "PLAINTEXT://" + Ports.HOST + ":" + port + ",CONTROLLER://" + Ports.HOST + ":" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + Ports.HOST + ":" + port);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("log.dirs", directory.resolve("logs").toString());
        // A topic that nobody declared is a mistake, and has to look like one here too.
        p.setProperty("auto.create.topics.enable", "false");
        oneBroker(p);
        small(p);
        quick(p);
        return p;
    }

    private static void oneBroker(Properties p) {
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void small(Properties p) {
        p.setProperty("offsets.topic.num.partitions", "3");
        p.setProperty("transaction.state.log.num.partitions", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "2");
        p.setProperty("background.threads", "2");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
        p.setProperty("num.replica.alter.log.dirs.threads", "1");
        p.setProperty("group.coordinator.threads", "1");
        p.setProperty("log.segment.bytes", Integer.toString(32 << 20));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.setProperty("log.preallocate", "false");
        p.setProperty("metadata.log.segment.bytes", Integer.toString(8 << 20));
        p.setProperty("offsets.topic.segment.bytes", Integer.toString(4 << 20));
        p.setProperty("log.cleaner.enable", "true");
        p.setProperty("log.cleaner.threads", "1");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        p.setProperty("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    }

    private static void quick(Properties p) {
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        // Lets a test see quickly that a consumer died.
        p.setProperty("group.min.session.timeout.ms", "1000");
        // Alone in its cluster: there is nobody to hand the partitions to.
        p.setProperty("controlled.shutdown.enable", "false");
    }
}
