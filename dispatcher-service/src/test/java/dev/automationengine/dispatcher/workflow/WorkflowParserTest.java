package dev.automationengine.dispatcher.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.connectors.action.ActionCatalog;
import dev.automationengine.dispatcher.Seed;
import dev.automationengine.expressions.Finding;
import dev.automationengine.model.id.StepId;
import dev.automationengine.model.id.WorkflowId;
import dev.automationengine.model.workflow.RetryPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowParserTest {
    private static final String CRM = "'type':'ACTION','action':'CRM_INSERT','config':{'field_mapping':{'email':'x'}}";

    private final WorkflowParser parser = new WorkflowParser(ActionCatalog.load());

    @Test
    void the_seed_workflow_is_read() {
        Definition definition = parser.parse(Seed.document());

        assertThat(definition.name()).isEqualTo("New lead to CRM and WhatsApp");
        assertThat(definition.trigger().config()).containsEntry("form_id", Seed.FORM);
        assertThat(definition.steps()).hasSize(3);
        assertThat(definition.steps().getFirst()).isInstanceOf(FilterStep.class);
        assertThat(definition.step(new StepId("step_2"))).isInstanceOfSatisfying(ActionStep.class, step -> {
            assertThat(step.action()).isEqualTo("CRM_INSERT");
            assertThat(step.dependsOn()).isEqualTo(Set.of(new StepId("step_1")));
            assertThat(step.retryPolicy()).isEqualTo(RetryPolicy.DEFAULT);
            assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    /** In the steps of the table ' stands for ", and CRM for a good action. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|/steps",
                "'x'|/steps",
                "['x']|/steps/0",
                "[{}]|/steps/0",
                "[{'id':'a','type':'DANCE'}]|/steps/0/type",
                "[{'id':'a'}]|/steps/0/type",
                "[{'type':'FILTER','condition':{'field':'x','operator':'NOT_NULL'}}]|/steps/0/id",
                "[{'id':'1a',CRM}]|/steps/0/id",
                "[{'id':'a','type':'FILTER'}]|/steps/0/condition",
                "[{'id':'a','type':'FILTER','condition':{'field':'x','operator':'OOPS'}}]|/steps/0/condition/operator",
                "[{'id':'a','type':'ACTION'}]|/steps/0/action",
                "[{'id':'a','type':'ACTION','action':'FLY'}]|/steps/0/action",
                "[{'id':'a','type':'ACTION','action':'CRM_INSERT'}]|/steps/0/config/field_mapping",
                "[{'id':'a',CRM,'speed':1}]|/steps/0/speed",
                "[{'id':'a',CRM},{'id':'a',CRM}]|/steps/1/id",
                "[{'id':'a',CRM},{'id':'a',CRM,'on_error':{'go_to':'b'}},{'id':'b',CRM}]|/steps/1/id",
                "[{'id':'a',CRM,'depends_on':['b']}]|/steps/0/depends_on",
                "[{'id':'a',CRM,'depends_on':'b'}]|/steps/0/depends_on",
                "[{'id':'a',CRM,'depends_on':[7]}]|/steps/0/depends_on/0",
                "[{'id':'a',CRM,'depends_on':['a']}]|/steps/0/depends_on",
                "[{'id':'a',CRM,'credential_id':'x'}]|/steps/0/credential_id",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H'}]|/steps/0/callback",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','callback':true,'event':{'type':'WEBHOOK','config':{'path':'p'},'match':{'field':'body.id','value':'x'}}}]|/steps/0/event",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':7}]|/steps/0/event",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'SCHEDULE','config':{'path':'p'},'match':{'field':'body.id','value':'x'}}}]|/steps/0/event/type",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'WEBHOOK','config':{'path':''},'match':{'field':'body.id','value':'x'}}}]|/steps/0/event/config/path",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'WEBHOOK','config':{'path':'p','respond':'at_once'},'match':{'field':'body.id','value':'x'}}}]|/steps/0/event/config/respond",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'WEBHOOK','config':{'path':'p'},'match':{'field':'body..id','value':'x'}}}]|/steps/0/event/match/field",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'WEBHOOK','config':{'path':'p'},'match':{'field':'body.id'}}}]|/steps/0/event/match/value",
                "[{'id':'a','type':'WAIT_FOR_EVENT','timeout':'PT1H','event':{'type':'WEBHOOK','config':{'path':'p'},'match':{'field':'body.id','value':'{{ nothing.here }}'}}}]|/steps/0/event/match/value",
                "[{'id':'a','type':'APPROVAL','message':'?','timeout':'PT1H','approvers':[]}]|/steps/0/approvers",
                "[{'id':'a','type':'APPROVAL','message':'?','timeout':'PT1H','approvers':['{{ nothing }}']}]|/steps/0/approvers/0",
                "[{'id':'a',CRM,'timeout':'PT10M'}]|/steps/0/timeout",
                "[{'id':'a',CRM,'timeout':30}]|/steps/0/timeout",
                "[{'id':'a',CRM,'retry_policy':{'attempts':0}}]|/steps/0/retry_policy/attempts",
                "[{'id':'a',CRM,'retry_policy':{'attempts':101}}]|/steps/0/retry_policy/attempts",
                "[{'id':'a',CRM,'retry_policy':{'strategy':'hope'}}]|/steps/0/retry_policy/strategy",
                "[{'id':'a',CRM,'retry_policy':{'initial_delay':'PT1H'}}]|/steps/0/retry_policy",
                "[{'id':'a',CRM,'retry_policy':{'max_delay':'P2D'}}]|/steps/0/retry_policy/max_delay",
                "[{'id':'a',CRM,'retry_policy':{'tries':3}}]|/steps/0/retry_policy/tries",
                "[{'id':'a',CRM,'retry_policy':{'throttle':3}}]|/steps/0/retry_policy/throttle",
                "[{'id':'a',CRM,'retry_policy':{'throttle':{'attempts':0}}}]|/steps/0/retry_policy/throttle/attempts",
                "[{'id':'a',CRM,'retry_policy':{'authentication':{'within':'P8D'}}}]"
                        + "|/steps/0/retry_policy/authentication/within",
                "[{'id':'a',CRM,'on_unknown':'guess'}]|/steps/0/on_unknown",
                "[{'id':'a','type':'DELAY'}]|/steps/0/duration",
                "[{'id':'a','type':'FOR_EACH','items':[1],'steps':[{'id':'c',CRM}],'timeout':'PT0S'}]|/steps/0/timeout",
                "[{'id':'a','type':'FOR_EACH','items':[1],'steps':[{'id':'c',CRM}],'retry_policy':{}}]|/steps/0/retry_policy",
                "[{'id':'a','type':'SUB_WORKFLOW','workflow_id':'wf_scoring','timeout':'P400D'}]" + "|/steps/0/timeout",
                "[{'id':'a','type':'SUB_WORKFLOW','workflow_id':'wf_scoring','timeout':'PT1H',"
                        + "'wait':false}]|/steps/0/timeout",
                "[{'id':'a','type':'DELAY','duration':'PT0S'}]|/steps/0/duration",
                "[{'id':'a','type':'DELAY','duration':'P367D'}]|/steps/0/duration",
                "[{'id':'a','type':'DELAY','duration':'soon'}]|/steps/0/duration",
            })
    void a_bad_step_is_pointed_at(String steps, String pointer) {
        assertPointers(document("{'type':'WEBHOOK','config':{'path':'orders'}}", steps), pointer);
    }

    @Test
    void an_error_trigger_needs_no_configuration_and_takes_a_hundred_workflows() {
        assertThat(Seed.parse(document("{'type':'ERROR'}", "[{'id':'a',CRM}]"))
                        .trigger()
                        .config())
                .isEmpty();
        String trigger = "{'type':'ERROR','config':{'workflow_ids':[%s]}}";
        String hundred = String.join(",", Collections.nCopies(100, "'" + WorkflowId.random() + "'"));
        assertThat(Seed.parse(document(trigger.formatted(hundred), "[{'id':'a',CRM}]"))
                        .trigger()
                        .type())
                .isEqualTo("ERROR");
        assertPointers(
                document(trigger.formatted(hundred + ",'" + WorkflowId.random() + "'"), "[{'id':'a',CRM}]"),
                "/trigger/config/workflow_ids");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/trigger",
                "{'type':'SUNRISE','config':{}}|/trigger/type",
                "{'type':'META_LEAD_AD'}|/trigger/config",
                "{'type':'META_LEAD_AD','config':{}}|/trigger/config",
                "{'type':'META_LEAD_AD','config':{'form_id':17}}|/trigger/config/form_id",
                "{'type':'META_LEAD_AD','config':{'form_id':'1','form':'2'}}|/trigger/config/form",
                "{'type':'WEBHOOK','config':{}}|/trigger/config/path",
                "{'type':'WEBHOOK','config':{'path':'/x'}}|/trigger/config/path",
                "{'type':'WEBHOOK','config':{'path':'x'},'credential_id':'y'}|/trigger/credential_id",
                "{'type':'WEBHOOK','config':{'path':'x'},'filter':'y'}|/trigger/filter",
                "{'type':'ERROR','config':{'workflow_ids':[]}}|/trigger/config/workflow_ids",
                "{'type':'ERROR','config':{'workflow_ids':['x']}}|/trigger/config/workflow_ids",
                "{'type':'ERROR','config':{'workflows':['wf_1']}}|/trigger/config/workflows",
            })
    void a_bad_trigger_is_pointed_at(String trigger, String pointer) {
        assertThatThrownBy(() -> parser.parse(Seed.read(document(trigger, "[{'id':'a',CRM}]"))))
                .isInstanceOfSatisfying(
                        InvalidDefinitionException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::pointer)
                                .contains(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{ steps.b.output.id }}|/steps/0/config/field_mapping/email|a may run before b",
                "{{ steps.z.output.id }}|/steps/0/config/field_mapping/email|there is no step z",
                "{{ steps.b.result }}|/steps/0/config/field_mapping/email|is steps.ID.output",
                "{{ email }}|/steps/0/config/field_mapping/email|starts with trigger or steps",
                "{{ trigger.|/steps/0/config/field_mapping/email|never closed",
            })
    void a_template_that_reads_nothing_is_pointed_at(String template, String pointer, String reason) {
        String steps = "[{'id':'a','type':'ACTION','action':'CRM_INSERT','config':{'field_mapping':{'email':'"
                + template + "'}}},{'id':'b',CRM}]";

        assertThatThrownBy(
                        () -> parser.parse(Seed.read(document("{'type':'WEBHOOK','config':{'path':'orders'}}", steps))))
                .isInstanceOfSatisfying(InvalidDefinitionException.class, e -> {
                    assertThat(e.findings()).extracting(Finding::pointer).containsExactly(pointer);
                    assertThat(e.findings().getFirst().reason()).contains(reason);
                });
    }

    @Test
    void a_cycle_is_told_at_each_of_its_steps() {
        assertPointers(
                document(
                        "{'type':'WEBHOOK','config':{'path':'orders'}}",
                        "[{'id':'a',CRM,'depends_on':['b']},{'id':'b',CRM,'depends_on':['a']},"
                                + "{'id':'c',CRM,'depends_on':['a']}]"),
                "/steps/0/depends_on",
                "/steps/1/depends_on");
    }

    @Test
    void what_an_earlier_step_gave_may_be_read_however_indirectly_it_comes_before() {
        String steps = "[{'id':'a',CRM},{'id':'f','type':'FILTER','depends_on':['a'],"
                + "'condition':{'field':'steps.a.output.id','operator':'NOT_NULL'}},"
                + "{'id':'b','type':'ACTION','action':'CRM_INSERT','depends_on':['f'],"
                + "'config':{'field_mapping':{'id':'{{ steps.a.output.id }}'}}}]";

        Definition definition =
                parser.parse(Seed.read(document("{'type':'WEBHOOK','config':{'path':'orders'}}", steps)));

        assertThat(definition.dependents(new StepId("a"))).extracting(Step::id).containsExactly(new StepId("f"));
    }

    @Test
    void all_findings_come_at_once() {
        assertThatThrownBy(
                        () -> parser.parse(
                                Seed.read(
                                        "{\"is_active\": \"yes\", \"color\": 1, \"trigger\": {\"type\": \"X\", \"config\": {}},"
                                                + " \"steps\": [{\"id\": \"!\", \"type\": \"Y\"}, {\"id\": \"a\", \"type\": \"FILTER\"}]}")))
                .isInstanceOfSatisfying(
                        InvalidDefinitionException.class,
                        e -> assertThat(e.findings())
                                .extracting(Finding::pointer)
                                .isEqualTo(List.of(
                                        "/color",
                                        "/name",
                                        "/is_active",
                                        "/trigger/type",
                                        "/steps/0/id",
                                        "/steps/0/type",
                                        "/steps/1/condition")));
    }

    private void assertPointers(String document, String... pointers) {
        assertThatThrownBy(() -> parser.parse(Seed.read(document)))
                .isInstanceOfSatisfying(InvalidDefinitionException.class, e -> {
                    assertThat(e.findings()).extracting(Finding::pointer).containsExactly(pointers);
                    assertThat(e.findings()).extracting(Finding::reason).noneMatch(String::isBlank);
                });
    }

    private static String document(String trigger, String steps) {
        return "{'name':'n','trigger':%s,'steps':%s}"
                .formatted(trigger, steps)
                .replace("CRM}", CRM + "}")
                .replace("CRM,", CRM + ",")
                .replace('\'', '"');
    }
}
