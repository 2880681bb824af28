package dev.automationengine.systemtests.secrets;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.automationengine.systemtests.fleet.Fleet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;

/** Looks for secrets in everything that a fleet has written. */
final class Written {
    private static final int CHUNK = 1 << 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String HOST = "127.0.0.1";

    /** They tell the person at this machine the secrets, and nobody else. */
    private static final Set<String> HOLD_SECRETS = Set.of("secrets.properties", "demo.json");

    private final Fleet fleet;
    private final Needles needles;
    private final Set<String> findings = new TreeSet<>();

    private Written(Fleet fleet, Needles needles) {
        this.fleet = fleet;
        this.needles = needles;
    }

    /** Where secrets are: a place and what was found there, for each. */
    static Set<String> scan(Fleet fleet, Needles needles) {
        Written written = new Written(fleet, needles);
        written.topics();
        written.redis();
        written.collections();
        written.files();
        return written.findings;
    }

    private void look(String place, byte... bytes) {
        needles.in(bytes, bytes.length).forEach(what -> findings.add(place + ": " + what));
    }

    /** Keys, values and headers of all topics. */
    private void topics() {
        Map<String, Object> settings = Map.of("bootstrap.servers", HOST + ":" + port("kafka"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(this::look);
            }
        }
    }

    private void look(ConsumerRecord<byte[], byte[]> message) {
        String place = "topic " + message.topic();
        Stream.of(message.key(), message.value()).forEach(bytes -> look(place, bytes == null ? new byte[0] : bytes));
        message.headers().forEach(header -> look(place, header.value() == null ? new byte[0] : header.value()));
    }

    private void redis() {
        RedisContent.read(
                HOST,
                port("redis"),
                (key, text) -> look("Redis " + key, (key + "\n" + text).getBytes(StandardCharsets.UTF_8)));
    }

    /** All databases, the engine's and the server's own. */
    private void collections() {
        try (MongoClient client = MongoClients.create("mongodb://" + HOST + ":" + port("mongodb"))) {
            for (String database : client.listDatabaseNames()) {
                for (String collection : client.getDatabase(database).listCollectionNames()) {
                    for (Document found : client.getDatabase(database)
                            .getCollection(collection)
                            .find()) {
                        look("collection " + collection, found.toJson().getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    /** Logs, and the files of Kafka, Redis and MongoDB. */
    private void files() {
        try (Stream<Path> files = Files.walk(fleet.home())) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !HOLD_SECRETS.contains(file.getFileName().toString()))
                    // Numbers only, in files of 10 MB that are empty.
                    .filter(file -> !file.toString().endsWith("index"))
                    .forEach(this::file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void file(Path file) {
        byte[] buffer = new byte[CHUNK];
        int kept = 0;
        try (InputStream bytes = Files.newInputStream(file)) {
            int read;
            while ((read = bytes.readNBytes(buffer, kept, CHUNK - kept)) > 0) {
                int length = kept + read;
                needles.in(buffer, length)
                        .forEach(what -> findings.add("file " + fleet.home().relativize(file) + ": " + what));
                // A secret may lie across the border.
                kept = Math.min(length, needles.longest());
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        } catch (NoSuchFileException e) {
            // Deleted by its server meanwhile.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port(String process) {
        return fleet.process(process).path("port").asInt();
    }
}
