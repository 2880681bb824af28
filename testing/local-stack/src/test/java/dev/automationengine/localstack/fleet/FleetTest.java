package dev.automationengine.localstack.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
    private static final int ENOUGH = 300;

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private final int portBase = portBase();

    @AfterEach
    void stop() {
        fleet().down();
    }

    @Test
    void starts_what_does_not_run_shows_it_and_stops_it() {
        List<Instance> members = List.of(Member.REDIS.first(), Member.SIMULATORS.first());

        assertThat(fleet().start(members)).containsExactlyInAnyOrderElementsOf(members);
        assertThat(fleet().start(members)).isEmpty();

        assertThat(fleet().status())
                .filteredOn(view -> view.state() == ProcessView.State.READY)
                .allSatisfy(view -> assertThat(view.residentBytes()).isPositive())
                .extracting(ProcessView::instance)
                .containsExactlyInAnyOrderElementsOf(members);

        assertThat(fleet().kill(Member.SIMULATORS.first())).isTrue();
        assertThat(fleet().start(members)).containsExactly(Member.SIMULATORS.first());

        assertThat(fleet().down()).containsExactlyInAnyOrderElementsOf(members);
        assertThat(Ports.isFree(portBase + Member.REDIS.portOffset())).isTrue();
        assertThat(fleet().down()).isEmpty();
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        int port = portBase + Member.REDIS.portOffset();
        try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getByName(Ports.HOST))) {
            assertThat(stranger.isBound()).isTrue();
            assertThatThrownBy(() -> fleet().start(List.of(Member.REDIS.first())))
                    .isInstanceOf(FleetException.class)
                    .hasMessageContaining(Integer.toString(port))
                    .hasMessageContaining("ENGINE_PORT_BASE");
        }
    }

    @Test
    void mongodb_keeps_every_acknowledged_write_when_it_is_killed() throws InterruptedException {
        fleet().start(List.of(Member.MONGODB.first()));
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Thread writer = Thread.ofVirtual().start(() -> writeUntilItFails(acknowledged));
        await().until(() -> acknowledged.size() >= ENOUGH);
        fleet().kill(Member.MONGODB.first());
        writer.join();

        fleet().start(List.of(Member.MONGODB.first()));

        Set<String> kept = new HashSet<>();
        withBooks(books -> books.find().forEach(book -> kept.add(book.getString("_id"))));
        assertThat(kept).containsAll(acknowledged);
    }

    @Test
    void kafka_keeps_every_acknowledged_record_when_it_is_killed() throws Exception {
        fleet().start(List.of(Member.KAFKA.first()));
        String bootstrap = Ports.HOST + ":" + (portBase + Member.KAFKA.portOffset());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic("facts", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        1500,
                        "request.timeout.ms",
                        1000,
                        "linger.ms",
                        0),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; acknowledged.size() < ENOUGH * 10; i++) {
                String value = "f" + i;
                producer.send(new ProducerRecord<>("facts", value), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.add(value);
                    }
                });
            }
            fleet().kill(Member.KAFKA.first());
            producer.close(Duration.ofSeconds(3));
        }

        fleet().start(List.of(Member.KAFKA.first()));

        Set<String> kept = new HashSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("facts", 0)));
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> kept.add(message.value()));
                return kept.containsAll(acknowledged);
            });
        }
    }

    @Test
    void redis_keeps_what_it_wrote_when_it_is_killed() throws IOException {
        fleet().start(List.of(Member.REDIS.first()));
        int port = portBase + Member.REDIS.portOffset();
        try (RedisConnection redis = new RedisConnection(port)) {
            for (int i = 0; i < ENOUGH; i++) {
                assertThat(redis.call("RPUSH list v" + i)).isEqualTo(":" + (i + 1));
            }
            // Only while a flush to the disk is under way may the server put the write off.
            await().until(() -> redis.info("persistence").contains("aof_pending_bio_fsync:0")
                    && redis.info("persistence").contains("aof_buffer_length:0"));
        }
        fleet().kill(Member.REDIS.first());

        fleet().start(List.of(Member.REDIS.first()));

        try (RedisConnection redis = new RedisConnection(port)) {
            await().untilAsserted(() -> assertThat(redis.call("LLEN list")).isEqualTo(":" + ENOUGH));
        }
    }

    private Fleet fleet() {
        return new Fleet(
                new FleetSettings(
                        directory,
                        directory,
                        portBase,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        List.of(),
                        null,
                        System.getProperty("java.class.path")),
                said::add);
    }

    private void withBooks(java.util.function.Consumer<MongoCollection<Document>> work) {
        String url = "mongodb://" + Ports.HOST + ":" + (portBase + Member.MONGODB.portOffset())
                + "/?serverSelectionTimeoutMS=3000&retryWrites=false";
        try (MongoClient client = MongoClients.create(url)) {
            work.accept(client.getDatabase("library").getCollection("books").withWriteConcern(WriteConcern.MAJORITY));
        }
    }

    private void writeUntilItFails(Set<String> acknowledged) {
        try {
            withBooks(books -> {
                for (int i = 0; ; i++) {
                    books.insertOne(new Document("_id", "b" + i));
                    acknowledged.add("b" + i);
                }
            });
        } catch (MongoException killed) {
            said.add("the writer saw the death: " + killed.getMessage());
        }
    }

    /** A base above which every port that the tests use is free. */
    private static int portBase() {
        for (int i = 0; i < 1000; i++) {
            int base = Ports.free();
            if (java.util.stream.IntStream.rangeClosed(0, 20).allMatch(offset -> Ports.isFree(base + offset))) {
                return base;
            }
        }
        throw new IllegalStateException("no free range of ports");
    }
}
