package dev.automationengine.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

class LocalStackTest {
    private final LocalStack stack = LocalStack.shared();

    @Test
    void kafka_takes_a_record_and_a_consumer_group_reads_it() throws Exception {
        Map<String, Object> common = Map.of("bootstrap.servers", stack.kafkaBootstrap());
        try (Admin admin = Admin.create(common)) {
            admin.createTopics(List.of(new NewTopic("greetings", 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.kafkaBootstrap(), ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("greetings", "k", "hello")).get(20, TimeUnit.SECONDS);
        }
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.kafkaBootstrap(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "readers",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("greetings"));
            assertThat(consumer.poll(Duration.ofSeconds(20)))
                    .singleElement()
                    .satisfies(message -> assertThat(message.value()).isEqualTo("hello"));
            consumer.commitSync();
        }
    }

    @Test
    void redis_is_a_real_server_that_never_evicts() throws Exception {
        URI url = URI.create(stack.redisUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("SET greeting hello\r\nGET greeting\r\nCONFIG GET maxmemory-policy\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(answers.readLine()).isEqualTo("+OK");
            assertThat(answers.readLine()).isEqualTo("$5");
            assertThat(answers.readLine()).isEqualTo("hello");
            assertThat(answers.lines().limit(5)).contains("noeviction");
        }
    }

    @Test
    void mongodb_stores_and_finds_a_document() {
        try (MongoClient client = MongoClients.create(stack.mongoUrl("library"))) {
            client.getDatabase("library").getCollection("books").insertOne(new Document("_id", "b1").append("n", 1));
            assertThat(client.getDatabase("library")
                            .getCollection("books")
                            .find(new Document("_id", "b1"))
                            .first())
                    .containsEntry("n", 1);
        }
    }

    @Test
    void mongodb_answers_hello_as_health_checks_ask_it() {
        try (MongoClient client = MongoClients.create(stack.mongoUrl("library"))) {
            assertThat(client.getDatabase("library").runCommand(new Document("hello", 1)))
                    .containsEntry("isWritablePrimary", true)
                    .containsKey("maxWireVersion");
        }
    }

    @Test
    void the_stack_is_started_once() {
        assertThat(LocalStack.shared()).isSameAs(stack);
        assertThat(LocalStack.shared().redisUrl()).isEqualTo(stack.redisUrl());
    }

    @Test
    void each_context_gets_a_database_of_its_own() {
        try (GenericApplicationContext one = new GenericApplicationContext();
                GenericApplicationContext other = new GenericApplicationContext()) {
            new LocalStackInitializer().initialize(one);
            new LocalStackInitializer().initialize(other);
            assertThat(one.getEnvironment().getProperty("spring.kafka.bootstrap-servers"))
                    .isEqualTo(stack.kafkaBootstrap());
            assertThat(one.getEnvironment().getProperty("spring.mongodb.uri"))
                    .startsWith("mongodb://")
                    .isNotEqualTo(other.getEnvironment().getProperty("spring.mongodb.uri"));
        }
    }

    @Test
    void a_database_is_put_into_an_external_connection_string() {
        LocalStack external = new LocalStack(
                new ExternalInfrastructure("k:9092", "redis://r:6379", "mongodb://u:p@m1:1,m2:2/live?replicaSet=rs"));
        assertThat(external.mongoUrl("mine")).isEqualTo("mongodb://u:p@m1:1,m2:2/mine?replicaSet=rs");
    }

    @Test
    void an_unknown_infrastructure_is_refused_and_the_known_ones_are_named() {
        assertThatThrownBy(() -> Infrastructure.of("cloud"))
                .hasMessageContaining("embedded")
                .hasMessageContaining("containers")
                .hasMessageContaining("external");
    }
}
