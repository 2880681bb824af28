package dev.automationengine.localstack.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a process that runs: pausing, wiping, and what is known of it afterwards. */
class FaultCommandsTest {
    private static final Instance REDIS = Member.REDIS.first();

    @TempDir
    Path directory;

    private final int portBase = IntStream.generate(Ports::free)
            .filter(base -> IntStream.rangeClosed(0, 20).allMatch(offset -> Ports.isFree(base + offset)))
            .findFirst()
            .orElseThrow();

    @AfterEach
    void stop() {
        fleet().down();
    }

    @Test
    void a_paused_process_is_shown_as_such_and_goes_on_when_it_is_resumed() {
        fleet().start(List.of(REDIS));
        assertThat(fleet().pause(REDIS)).isTrue();
        await().until(() -> state(REDIS) == ProcessView.State.PAUSED);

        assertThat(fleet().resume(REDIS)).isTrue();
        await().until(() -> state(REDIS) == ProcessView.State.READY);
    }

    @Test
    void a_paused_process_is_stopped_in_an_orderly_way() {
        fleet().start(List.of(REDIS));
        fleet().pause(REDIS);
        assertThat(fleet().stop(REDIS)).isTrue();
        // What redis-server prints when it was asked to end, and not killed.
        assertThat(settings(null).log(REDIS)).content().contains("ready to exit");
    }

    @Test
    void a_process_that_was_started_from_elsewhere_is_not_paused() {
        assertThat(fleet().pause(REDIS)).isFalse();
        assertThat(fleet().resume(REDIS)).isFalse();
    }

    @Test
    void wiped_data_is_gone_but_not_under_a_running_process() throws IOException {
        fleet().start(List.of(REDIS));
        set("kept");
        assertThatThrownBy(() -> fleet().wipe(REDIS)).isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> fleet().wipe(Member.WORKER_SERVICE.first())).isInstanceOf(FleetException.class);

        fleet().kill(REDIS);
        fleet().wipe(REDIS);
        fleet().start(List.of(REDIS));

        try (RedisConnection redis = new RedisConnection(portBase + REDIS.portOffset())) {
            assertThat(redis.call("DBSIZE")).isEqualTo(":0");
        }
    }

    @Test
    void what_was_started_or_asked_for_belongs_to_the_fleet() {
        assertThat(fleet().instances()).hasSize(Member.values().length);
        assertThat(fleet().instances(Map.of(Member.WORKER_SERVICE, 2)))
                .contains(new Instance(Member.WORKER_SERVICE, 2))
                .hasSize(Member.values().length + 1);
    }

    @Test
    void later_commands_know_whose_infrastructure_it_is() {
        FleetSettings.External elsewhere = new FleetSettings.External("k:1", "redis://r:2", "mongodb://m:3/db");
        new Fleet(settings(elsewhere), line -> {}).start(List.of());
        assertThat(asStarted().external()).isEqualTo(elsewhere);

        new Fleet(settings(null), line -> {}).start(List.of());
        assertThat(asStarted().external()).isNull();
    }

    private FleetSettings asStarted() {
        return FleetSettings.of(
                Map.of("ENGINE_ROOT", directory.toString(), "ENGINE_STATE_DIR", directory.toString()),
                FleetSettings.Infrastructure.AS_STARTED);
    }

    private void set(String value) throws IOException {
        try (RedisConnection redis = new RedisConnection(portBase + REDIS.portOffset())) {
            assertThat(redis.call("SET key " + value)).isEqualTo("+OK");
        }
    }

    private ProcessView.State state(Instance instance) {
        return fleet().status().stream()
                .filter(view -> view.instance().equals(instance))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private Fleet fleet() {
        return new Fleet(settings(null), line -> {});
    }

    private FleetSettings settings(FleetSettings.@Nullable External external) {
        return new FleetSettings(
                directory,
                directory,
                portBase,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(),
                external,
                System.getProperty("java.class.path"));
    }
}
