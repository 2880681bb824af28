package dev.automationengine.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.automationengine.kit.kafka.CatchUp;
import dev.automationengine.kit.kafka.Fact;
import dev.automationengine.kit.kafka.FactPublisher;
import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.topic.Topic;
import dev.automationengine.model.workflow.Trigger;
import dev.automationengine.model.workflow.WorkflowChange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Schedules on real Kafka and MongoDB wire server. The tests move the clock; the service's own rounds rest. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"engine.schedules.interval=1h", "engine.queue.prefix=schedule-test:"})
@ContextConfiguration(initializers = LocalStackInitializer.class)
@DirtiesContext
class ScheduleClockTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");
    private static final Map<String, Object> DAILY = Map.of("cron", "0 9 * * *", "time_zone", "Europe/Berlin");

    private final OrgId org = OrgId.random();
    private final WorkflowId workflow = WorkflowId.random();

    @Autowired
    private ScheduleStore store;

    @Autowired
    private FactPublisher facts;

    @Autowired
    private CatchUp catchUp;

    @Autowired
    private MongoTemplate mongo;

    @Autowired
    private InternalTokens tokens;

    @Value("${spring.kafka.bootstrap-servers}")
    private String kafka = "";

    @LocalServerPort
    private int port;

    /** The topics are others', who are not here to create them. */
    @BeforeEach
    void othersTopics(@Autowired KafkaAdmin admin) {
        admin.createOrModifyTopics(
                TopicBuilder.name(Topic.Name.WORKFLOW_CHANGES)
                        .partitions(3)
                        .compact()
                        .build(),
                TopicBuilder.name(Topic.Name.INBOUND).partitions(3).build());
        mongo.getCollection(ScheduleStore.COLLECTION).deleteMany(new Document());
        await().atMost(SOON).until(catchUp::isDone);
    }

    @Test
    void a_workflow_that_is_published_is_due_at_the_times_that_it_names_until_it_is_switched_off() {
        change(MONDAY, true, DAILY);
        list().jsonPath("$.items[0].workflow_id")
                .isEqualTo(workflow.value())
                .jsonPath("$.items[0].next_at.length()")
                .isEqualTo(5)
                .jsonPath("$.items[0].next_at[0]")
                .isEqualTo("2026-11-24T08:00:00Z")
                .jsonPath("$.items[0].time_zone")
                .isEqualTo("Europe/Berlin");

        change(MONDAY.plusSeconds(1), false, DAILY);
        change(MONDAY, true, DAILY);
        list().jsonPath("$.items").isEmpty();
        clock(MONDAY.plus(Duration.ofDays(2))).round();
        assertThat(fired()).isEmpty();

        publish(null);
        await().atMost(SOON)
                .until(() -> store.stored(List.of(org), List.of(workflow)).isEmpty());
    }

    @Test
    void a_time_is_fired_once_when_it_has_come_and_not_before() {
        change(MONDAY, true, DAILY);
        Instant first = Instant.parse("2026-11-24T08:00:00Z");
        clock(first.minusMillis(1)).round();
        assertThat(fired()).isEmpty();

        clock(first).round();
        clock(first.plusSeconds(1)).round();

        assertThat(fired()).containsExactly(workflow + "@2026-11-24T08:00:00Z");
        assertThat(stored().nextAt()).isEqualTo(Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(stored().lastAt()).isEqualTo(first);
    }

    @Test
    void who_dies_between_publishing_and_going_on_says_the_same_once_more() {
        change(MONDAY, true, DAILY);
        Instant first = Instant.parse("2026-11-24T08:00:00Z");
        ScheduleClock dying = clock(first, new ScheduleStore(mongo) {
            @Override
            void advance(List<Due> fired) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatIllegalStateException().isThrownBy(dying::round);
        assertThat(stored().nextAt()).as("nobody knows that it was said").isEqualTo(first);

        clock(first.plusSeconds(5)).round();

        assertThat(fired()).hasSize(2).containsOnly(workflow + "@2026-11-24T08:00:00Z");
        clock(first.plusSeconds(6)).round();
        assertThat(fired()).hasSize(2);
    }

    @Test
    void replicas_that_look_at_the_same_moment_say_the_same_and_none_sets_it_back() {
        change(MONDAY, true, DAILY);
        Instant first = Instant.parse("2026-11-24T08:00:00Z");
        IntStream.range(0, 4).parallel().forEach(replica -> clock(first).round());

        assertThat(fired()).isNotEmpty().containsOnly(workflow + "@2026-11-24T08:00:00Z");
        assertThat(stored().nextAt()).isEqualTo(Instant.parse("2026-11-25T08:00:00Z"));
    }

    @Test
    void a_collection_that_was_lost_is_made_up_for_by_policy_when_the_changes_are_read_again() {
        Map<String, Object> all = Map.of("cron", "0 9 * * *", "time_zone", "Europe/Berlin", "catch_up", "all");
        change(MONDAY, true, all);
        clock(Instant.parse("2026-11-24T08:00:00Z")).round();
        mongo.getCollection(ScheduleStore.COLLECTION).deleteMany(new Document());

        change(MONDAY, true, all);
        clock(Instant.parse("2026-11-25T10:00:00Z")).round();

        assertThat(fired())
                .containsExactlyInAnyOrder(
                        workflow + "@2026-11-24T08:00:00Z",
                        workflow + "@2026-11-24T08:00:00Z",
                        workflow + "@2026-11-25T08:00:00Z");
    }

    @Test
    void a_new_version_with_the_same_times_forgets_none_that_is_due_and_one_with_others_begins_anew() {
        change(MONDAY, true, DAILY);
        change(MONDAY.plus(Duration.ofDays(3)), true, DAILY);
        assertThat(stored().nextAt()).isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));

        change(MONDAY.plus(Duration.ofDays(4)), true, Map.of("cron", "0 10 * * *"));
        assertThat(stored().nextAt()).isEqualTo(Instant.parse("2026-11-28T10:00:00Z"));
    }

    @Test
    void another_organization_sees_nothing_of_it() {
        change(MONDAY, true, DAILY);
        RestTestClient other = client(OrgId.random());
        other.get()
                .uri("/v1/schedules")
                .exchange()
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
        other.get().uri("/v1/schedules/" + workflow).exchange().expectStatus().isNotFound();
        client(org)
                .get()
                .uri("/v1/schedules/" + workflow)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void change(Instant at, boolean active, Map<String, Object> config) {
        publish(new WorkflowChange(org, workflow, 1, active, new Trigger(Trigger.SCHEDULE, config, null), at));
        await().atMost(SOON).until(() -> {
            Document stored = store.stored(List.of(org), List.of(workflow)).get(workflow);
            return stored != null && !stored.getDate("changed_at").toInstant().isBefore(at);
        });
    }

    private void publish(@Nullable WorkflowChange change) {
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> facts.publish(
                        List.of(new Fact(Topic.WORKFLOW_CHANGES, WorkflowChange.key(org, workflow), change))));
    }

    private WorkflowSchedule stored() {
        return store.find(org, workflow).orElseThrow();
    }

    private ScheduleClock clock(Instant now) {
        return clock(now, store);
    }

    private ScheduleClock clock(Instant now, ScheduleStore through) {
        return new ScheduleClock(
                through,
                facts,
                catchUp,
                new ScheduleProperties(Duration.ofMillis(10), Duration.ofMinutes(1), 500),
                InstantSource.fixed(now),
                new SimpleMeterRegistry());
    }

    /** The ids of all messages of this test's workflow, in Kafka's order. */
    private List<String> fired() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.Name.INBOUND).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> ids = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> ids.add(record.key()));
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
            return ids.stream().filter(id -> id.startsWith(workflow + "@")).toList();
        }
    }

    private RestTestClient.BodyContentSpec list() {
        return client(org)
                .get()
                .uri("/v1/schedules")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private RestTestClient client(OrgId caller) {
        return RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port)
                .defaultHeader("Authorization", "Bearer " + tokens.mint("test", caller, InternalTokens.SCOPE_API))
                .build();
    }
}
