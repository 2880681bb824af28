package dev.automationengine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.event.InboundMessage;
import dev.automationengine.model.event.LeadNotice;
import dev.automationengine.model.execution.ExecutionSnapshot;
import dev.automationengine.model.execution.JobReference;
import dev.automationengine.model.execution.MessageDelivery;
import dev.automationengine.model.execution.ScheduledJob;
import dev.automationengine.model.execution.StepEvent;
import dev.automationengine.model.execution.StepWork;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectWork;
import dev.automationengine.model.workflow.WorkflowChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What was written by any version can be read by this one, and is written the same way again. */
class GoldenContractsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static Stream<Arguments> contracts() {
        return Stream.of(
                Arguments.of("v1/inbound-meta-delivery.json", InboundMessage.class, InboundMessage.MetaDelivery.class),
                Arguments.of("v1/inbound-webhook-call.json", InboundMessage.class, InboundMessage.WebhookCall.class),
                Arguments.of("v1/inbound-lead-sweep.json", InboundMessage.class, InboundMessage.LeadSweep.class),
                Arguments.of("v1/inbound-manual-run.json", InboundMessage.class, InboundMessage.ManualRun.class),
                Arguments.of(
                        "v1/inbound-schedule-fired.json", InboundMessage.class, InboundMessage.ScheduleFired.class),
                Arguments.of(
                        "v1/inbound-polled-records.json", InboundMessage.class, InboundMessage.PolledRecords.class),
                Arguments.of("v1/message-delivery.json", MessageDelivery.class, MessageDelivery.class),
                Arguments.of("v1/automation-event-for-one.json", AutomationEvent.class, AutomationEvent.class),
                Arguments.of("v1/lead-notice.json", LeadNotice.class, LeadNotice.class),
                Arguments.of("v1/automation-event.json", AutomationEvent.class, AutomationEvent.class),
                Arguments.of("v1/workflow-change.json", WorkflowChange.class, WorkflowChange.class),
                Arguments.of("v1/workflow-change-awaits.json", WorkflowChange.class, WorkflowChange.class),
                Arguments.of("v1/step-completed.json", StepEvent.class, StepEvent.Completed.class),
                Arguments.of("v1/step-attempt-failed.json", StepEvent.class, StepEvent.AttemptFailed.class),
                Arguments.of("v1/step-failed.json", StepEvent.class, StepEvent.Failed.class),
                Arguments.of("v1/step-resumed.json", StepEvent.class, StepEvent.Resumed.class),
                Arguments.of("v1/step-child-ended.json", StepEvent.class, StepEvent.ChildEnded.class),
                Arguments.of("v1/execution-snapshot.json", ExecutionSnapshot.class, ExecutionSnapshot.class),
                Arguments.of("v1/step-work.json", StepWork.class, StepWork.class),
                Arguments.of("v1/step-work-in-full.json", StepWork.class, StepWork.class),
                Arguments.of("v1/subject-work.json", SubjectWork.class, SubjectWork.class),
                Arguments.of("v1/subject-page.json", SubjectPage.class, SubjectPage.class),
                Arguments.of("v1/scheduled-job.json", ScheduledJob.class, ScheduledJob.class),
                Arguments.of("v1/job-reference.json", JobReference.class, JobReference.class));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_golden_file_is_read_and_written_unchanged(String file, Class<?> contract, Class<?> kind) throws IOException {
        byte[] golden = read(file);
        Object value = JSON.readValue(golden, contract);
        assertThat(value).isInstanceOf(kind);
        assertThat(JSON.readTree(JSON.writeValueAsBytes(value))).isEqualTo(JSON.readTree(golden));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void a_member_that_a_newer_version_adds_is_ignored(String file, Class<?> contract, Class<?> kind)
            throws IOException {
        String newer = new String(read(file), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"added_by_a_newer_version\":{\"x\":1},");
        assertThat(JSON.readValue(newer, contract)).isInstanceOf(kind);
    }

    @Test
    void a_kind_that_a_newer_version_adds_keeps_its_name() {
        assertThat(JSON.readValue("{\"type\":\"sheet_row\",\"id\":\"1\"}", InboundMessage.class))
                .isEqualTo(new InboundMessage.Unknown("sheet_row"));
        assertThat(JSON.readValue("{\"type\":\"paused\"}", StepEvent.class)).isEqualTo(new StepEvent.Unknown("paused"));
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = GoldenContractsTest.class.getResourceAsStream("/golden/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
