package dev.automationengine.dispatcher.trial;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.trial.TrialInputs.TestInput;
import dev.automationengine.dispatcher.workflow.DataLimit;
import dev.automationengine.dispatcher.workflow.Definition;
import dev.automationengine.dispatcher.workflow.Definitions;
import dev.automationengine.dispatcher.workflow.WorkflowParser;
import dev.automationengine.dispatcher.workflow.WorkflowVersion;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.model.event.AutomationEvent;
import dev.automationengine.model.id.EventId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.WorkflowId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tests of workflows without effects: everything is read, nothing is written, queued or published. */
@Service
class Trials {
    private static final WorkflowId INLINE = new WorkflowId("wf_inline");

    private final TrialVersions versions;
    private final PastEvents events;
    private final Definitions definitions;
    private final WorkflowParser parser;
    private final ActionCatalog actions;
    private final InstantSource clock;

    Trials(
            TrialVersions versions,
            PastEvents events,
            Definitions definitions,
            WorkflowParser parser,
            ActionCatalog actions,
            InstantSource clock) {
        this.versions = versions;
        this.events = events;
        this.definitions = definitions;
        this.parser = parser;
        this.actions = actions;
        this.clock = clock;
    }

    /** Tests a version of a workflow; the newest if the request names none. */
    TrialReport test(OrgId org, WorkflowId id, TestInput input) {
        WorkflowVersion version = versions.get(org, id, input.version());
        return test(version, input, id, version.version());
    }

    /** Tests a definition that came with the request. */
    TrialReport test(OrgId org, Map<String, @Nullable Object> document, TestInput input) {
        return test(new WorkflowVersion(org, INLINE, 1, parsed(org, document)), input, null, null);
    }

    private TrialReport test(
            WorkflowVersion version, TestInput input, @Nullable WorkflowId id, @Nullable Integer number) {
        Instant now = input.at() == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : input.at();
        EventId wanted = input.eventId();
        AutomationEvent event = wanted == null
                ? sample(version, input, now)
                : events.find(version.orgId(), wanted).orElseThrow(() -> ProblemException.notFound("event"));
        Mocks mocks = new Mocks(input.mocksOrNone(), input.errorsOrNone(), actions);
        Rehearsed run = new Rehearsal(version, sub -> versions.newest(version.orgId(), sub), execution -> mocks, now)
                .run(event);
        TrialReports reports = new TrialReports(run, mocks, actions);
        Boolean listens = wanted == null ? null : version.hears(event);
        return new TrialReport(
                run.rootExecution().status(),
                id,
                number,
                wanted,
                listens,
                now,
                run.end(),
                run.stop(),
                reports.steps(),
                reports.findings());
    }

    private static AutomationEvent sample(WorkflowVersion version, TestInput input, Instant now) {
        Map<String, @Nullable Object> payload = DataLimit.PAYLOAD
                .storable(input.payloadOrNone())
                .orElseThrow(() -> new ProblemException(
                        Problem.PAYLOAD_TOO_LARGE, "The payload is too large or nested too deep."));
        return AutomationEvent.of(
                version.orgId(),
                "/trials",
                version.id().value(),
                "dev.automationengine.trial.v1",
                version.definition().trigger().type(),
                now,
                null,
                data(payload));
    }

    @SuppressWarnings("NullAway") // It does not see in class files that values of a record's map may be null.
    private static AutomationEvent.Data data(Map<String, @Nullable Object> payload) {
        return new AutomationEvent.Data(Map.of(), payload);
    }

    private Definition parsed(OrgId org, Map<String, @Nullable Object> document) {
        List<FieldError> errors = definitions.errors(org, document).stream()
                .map(found -> new FieldError("/definition" + found.pointer(), found.detail()))
                .toList();
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_REQUEST, "The workflow cannot run as it is written.", errors);
        }
        return parser.parse(document);
    }
}
