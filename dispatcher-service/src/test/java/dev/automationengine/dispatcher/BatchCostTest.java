package dev.automationengine.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.automationengine.jobqueue.ClaimedJob;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.BatchMessageListener;

/** What a batch costs is counted, not timed: one round trip of each kind, however many messages it has. */
@Import(BatchCostTest.Counting.class)
class BatchCostTest extends DispatcherScene {
    private static final int BATCH = 100;
    private static final List<String> COLLECTIONS =
            List.of("executions", "dead_letters", "workflows", "workflow_versions");
    static final Queue<String> COMMANDS = new ConcurrentLinkedQueue<>();

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    MeterRegistry meters;

    @Test
    void a_batch_of_events_and_a_batch_of_reports_cost_one_round_trip_of_each_kind() {
        create(Seed.JSON);
        deliver("dispatcher-events", records(1));
        assertThat(claimAll(1)).hasSize(1);
        List<ConsumerRecord<String, byte[]>> events = records(BATCH);

        assertThat(costOf(() -> deliver("dispatcher-events", events)))
                .isEqualTo(new Cost(List.of("insert executions"), 1));

        List<ConsumerRecord<String, byte[]>> reports = claimAll(BATCH).stream()
                .map(job -> record(Topic.STEP_EVENTS, new StepEvent.Completed(run(job), 201, Map.of("id", "c"))))
                .toList();
        assertThat(costOf(() -> deliver("dispatcher-step-events", reports)))
                .isEqualTo(new Cost(List.of("find executions", "update executions"), 1));
        assertThat(claimAll(BATCH)).hasSize(BATCH);
    }

    /** MongoDB commands, and calls of the script that enqueues (one per shard; one organization has one shard). */
    private record Cost(List<String> commands, long enqueueCalls) {}

    private Cost costOf(Runnable work) {
        COMMANDS.clear();
        long before = enqueueCalls();
        work.run();
        // The sweep for unpublished workflows comes by itself.
        List<String> commands =
                COMMANDS.stream().filter(each -> !each.equals("find workflows")).toList();
        return new Cost(commands, enqueueCalls() - before);
    }

    private long enqueueCalls() {
        return meters.find("engine.queue.script").tag("script", "enqueue").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private List<ConsumerRecord<String, byte[]>> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    AutomationEvent event = lead(Map.of("email", "joe@example.com", "n", i));
                    return record(Topic.EVENTS, event);
                })
                .toList();
    }

    private ConsumerRecord<String, byte[]> record(Topic topic, Object value) {
        return new ConsumerRecord<>(topic.topicName(), 0, 0, "key", json().writeValueAsBytes(value));
    }

    private List<ClaimedJob> claimAll(int count) {
        List<ClaimedJob> claimed = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            claimed.addAll(jobs(queue().claim("w", count - claimed.size(), PATIENCE)));
            return claimed.size() == count;
        });
        return claimed;
    }

    @SuppressWarnings("unchecked")
    private void deliver(String group, List<ConsumerRecord<String, byte[]>> records) {
        listeners.getListenerContainers().stream()
                .filter(container -> group.equals(container.getGroupId()))
                .map(container -> container.getContainerProperties().getMessageListener())
                .filter(BatchMessageListener.class::isInstance)
                .forEach(listener -> ((BatchMessageListener<String, byte[]>) listener).onMessage(records, null, null));
    }

    @TestConfiguration
    static class Counting {
        @Bean
        MongoClientSettingsBuilderCustomizer countCommands() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    String command = event.getCommandName();
                    if (event.getCommand().isString(command)
                            && COLLECTIONS.contains(
                                    event.getCommand().getString(command).getValue())) {
                        COMMANDS.add(command + " "
                                + event.getCommand().getString(command).getValue());
                    }
                }
            });
        }
    }
}
