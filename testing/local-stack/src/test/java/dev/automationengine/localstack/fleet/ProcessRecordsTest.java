package dev.automationengine.localstack.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordsTest {
    @TempDir
    Path directory;

    private ProcessRecords records = new ProcessRecords(Path.of("."));
    private Launcher launcher = new Launcher(records);
    private ProcessHandle started = ProcessHandle.current();

    @BeforeEach
    void start() {
        records = new ProcessRecords(directory);
        launcher = new Launcher(records);
        started = launcher.start("sleeper", 1234, List.of("sleep", "300"), Map.of(), directory.resolve("log"));
    }

    @AfterEach
    void stop() {
        started.destroyForcibly();
    }

    @Test
    void a_process_is_found_again_by_its_file() {
        assertThat(new ProcessRecords(directory).running("sleeper"))
                .map(ProcessHandle::pid)
                .contains(started.pid());
    }

    @Test
    void a_stopped_process_is_gone_with_its_file() {
        assertThat(launcher.stop("sleeper", Duration.ofSeconds(10))).isTrue();

        assertThat(started.isAlive()).isFalse();
        assertThat(records.find("sleeper")).isEmpty();
        assertThat(launcher.stop("sleeper", Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void another_process_with_the_same_number_is_left_alone() {
        ProcessRecord mine = records.find("sleeper").orElseThrow();
        records.save(new ProcessRecord(
                "sleeper", mine.pid(), mine.port(), mine.startedAt().minusSeconds(60), mine.program()));

        assertThat(records.running("sleeper")).isEmpty();
        assertThat(launcher.stop("sleeper", Duration.ofSeconds(1))).isFalse();
        assertThat(started.isAlive()).isTrue();
    }

    @Test
    void another_program_with_the_same_number_is_left_alone() {
        ProcessRecord mine = records.find("sleeper").orElseThrow();
        records.save(new ProcessRecord("sleeper", mine.pid(), mine.port(), mine.startedAt(), "redis-server"));

        assertThat(launcher.stop("sleeper", Duration.ofSeconds(1))).isFalse();
        assertThat(started.isAlive()).isTrue();
    }

    @Test
    void a_started_process_is_out_of_reach_of_the_terminal() throws IOException {
        // The third field after the name is the process group: its own, so Ctrl-C does not reach it.
        org.junit.jupiter.api.Assumptions.assumeTrue(java.nio.file.Files.exists(Path.of("/proc/self/stat")));
        String stat = java.nio.file.Files.readString(Path.of("/proc", Long.toString(started.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        assertThat(fields[2]).isEqualTo(Long.toString(started.pid()));
    }
}
