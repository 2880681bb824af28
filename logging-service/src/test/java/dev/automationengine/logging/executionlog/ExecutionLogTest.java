package dev.automationengine.logging.executionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.kafka.Received;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.ExecutionStatus;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExecutionLogTest {
    private static final OrgId ORG = new OrgId("org_1");

    @Test
    void a_failed_execution_tells_which_step_failed_and_why() {
        ExecutionLog log = ExecutionLog.of(Snapshots.of(ORG, "exec_1", 3, ExecutionStatus.FAILED));
        assertThat(log.failedStep()).hasToString("step_2");
        assertThat(log.error()).isEqualTo(Snapshots.ERROR);
        assertThat(log.durationMs()).isEqualTo(1500);
    }

    @Test
    void a_running_execution_has_no_duration_and_no_error() {
        ExecutionLog log = ExecutionLog.of(Snapshots.of(ORG, "exec_1", 3, ExecutionStatus.IN_PROGRESS));
        assertThat(log.durationMs()).isNull();
        assertThat(log.error()).isNull();
    }

    @Test
    void of_a_batch_the_highest_revision_of_each_execution_is_written_whatever_the_order() {
        List<Received<ExecutionSnapshot>> newest = SnapshotListener.newest(
                List.of(received("exec_1", 2), received("exec_2", 1), received("exec_1", 5), received("exec_1", 3)));
        assertThat(newest)
                .extracting(r -> r.value().executionId() + " " + r.value().rev())
                .containsExactly("exec_1 5", "exec_2 1");
    }

    private static Received<ExecutionSnapshot> received(String id, long rev) {
        return new Received<>(
                new ConsumerRecord<>("t", 0, rev, id, new byte[0]),
                Snapshots.of(ORG, id, rev, ExecutionStatus.IN_PROGRESS));
    }
}
