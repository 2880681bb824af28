package dev.automationengine.dispatcher.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What authors may say about what starts a workflow. */
class TriggerTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'SCHEDULE','config':{'cron':'*/5 * * * * *'}}",
                "{'type':'SCHEDULE','config':{'cron':'0 9 * * MON-FRI','time_zone':'Europe/Berlin','catch_up':'all'}}",
                "{'type':'MANUAL'}",
                "{'type':'MANUAL','config':{'input_schema':{'type':'object'}}}",
                "{'type':'SUB_WORKFLOW'}",
                "{'type':'SUB_WORKFLOW','config':{}}",
                "{'type':'POLL','config':{'source':'google_sheet','every':'PT5M','config':{'sheet':'1'}}}",
                "{'type':'WEBHOOK','config':{'path':'x','respond':'at_once','security':{'kind':'none'}}}",
                "{'type':'WEBHOOK','config':{'path':'x','respond':{'with':'result','within':'PT10S'}}}",
                "{'type':'WHATSAPP_STATUS','config':{'phone_number_id':'1','status':'read','settled':'true'}}",
                "{'type':'WEBHOOK','credential_id':'cred_1','config':{'path':'x','security':{'kind':'hmac',"
                        + "'header':'X-Sig','prefix':'v0=','algorithm':'sha512','encoding':'base64',"
                        + "'signed':'{timestamp}.{body}','timestamp_header':'X-Time','tolerance':'PT1M'}}}"
            })
    void a_trigger_is_told_to_the_other_services_as_it_was_written(String json) {
        Findings findings = new Findings();
        var trigger = new TriggerParser(TriggerTypes.ALL, findings).parse(tree(json), "/trigger");

        assertThat(findings.all()).isEmpty();
        assertThat(Objects.requireNonNull(trigger).type()).isEqualTo(tree(json).get("type"));
        assertThat(trigger.config()).isEqualTo(tree(json).getOrDefault("config", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'SCHEDULE'}|/trigger/config,/trigger/config/cron",
                "{'type':'SCHEDULE','config':{'cron':'often'}}|/trigger/config/cron",
                "{'type':'SCHEDULE','config':{'cron':'0 0 30 2 *'}}|/trigger/config/cron",
                "{'type':'SCHEDULE','config':{'cron':'0 9 * * *','time_zone':'+01:00'}}|/trigger/config/time_zone",
                "{'type':'SCHEDULE','config':{'cron':'0 9 * * *','catch_up':'some','every':1}}"
                        + "|/trigger/config/catch_up,/trigger/config/every",
                "{'type':'MANUAL','config':{'input_schema':'text'}}|/trigger/config/input_schema",
                "{'type':'MANUAL','config':{'input_schema':{'properties':{'a':{'$ref':'#'}}}}}"
                        + "|/trigger/config/input_schema/properties/a/$ref",
                "{'type':'SUB_WORKFLOW','config':{'of':'wf_1'}}|/trigger/config/of",
                "{'type':'WHATSAPP_STATUS'}|/trigger/config,/trigger/config/phone_number_id",
                "{'type':'WHATSAPP_STATUS','config':{'phone_number_id':1,'status':'gone','settled':true,'to':'x'}}"
                        + "|/trigger/config/phone_number_id,/trigger/config/status,/trigger/config/settled,/trigger/config/to",
                "{'type':'POLL','config':{'every':'often'}}|/trigger/config/every,/trigger/config/source",
                "{'type':'WEBHOOK','config':{'path':'x','respond':{'with':'result','within':'PT26S'}}}"
                        + "|/trigger/config/respond/within",
                "{'type':'WEBHOOK','config':{'path':'x','respond':'later'}}|/trigger/config/respond",
                "{'type':'WEBHOOK','config':{'path':'x','security':'none'}}|/trigger/config/security",
                "{'type':'WEBHOOK','config':{'path':'x','security':{'kind':'magic'}}}|/trigger/config/security/kind",
                "{'type':'WEBHOOK','config':{'path':'x','security':{'kind':'standard_webhooks'}}}|/trigger/credential_id",
                "{'type':'WEBHOOK','credential_id':'cred_1','config':{'path':'x','security':{'kind':'secret',"
                        + "'header':'a b','value':'s3cret'}}}"
                        + "|/trigger/config/security/header,/trigger/config/security/value",
                "{'type':'WEBHOOK','credential_id':'cred_1','config':{'path':'x','security':{'kind':'hmac',"
                        + "'header':'X','algorithm':'md5','encoding':'text','signed':'{timestamp}','tolerance':'P1D'}}}"
                        + "|/trigger/config/security/algorithm,/trigger/config/security/encoding,"
                        + "/trigger/config/security/signed,/trigger/config/security/timestamp_header,"
                        + "/trigger/config/security/tolerance",
                "{'type':'WEBHOOK','credential_id':'cred_1','config':{'path':'x','security':{'kind':'hmac',"
                        + "'header':'X','timestamp_header':'Y'}}}|/trigger/config/security/timestamp_header"
            })
    void all_that_is_wrong_is_found_at_once(String json, String pointers) {
        Findings findings = new Findings();
        new TriggerParser(TriggerTypes.ALL, findings).parse(tree(json), "/trigger");

        assertThat(findings.all()).extracting(found -> found.pointer()).containsExactlyInAnyOrder(pointers.split(","));
        assertThat(findings.all())
                .allSatisfy(found -> assertThat(found.reason()).isNotBlank());
    }

    @Test
    void no_type_is_told_without_a_check() {
        assertThat(TriggerTypes.ALL.keySet())
                .containsExactlyElementsOf(List.of(
                        "META_LEAD_AD",
                        "WHATSAPP_STATUS",
                        "WEBHOOK",
                        "SCHEDULE",
                        "MANUAL",
                        "SUB_WORKFLOW",
                        "ERROR",
                        "POLL"));
        assertThat(Stream.of("SUNRISE", "webhook")).allSatisfy(type -> {
            Findings findings = new Findings();
            assertThat(new TriggerParser(TriggerTypes.ALL, findings).parse(Map.of("type", type), "/trigger"))
                    .isNull();
            assertThat(findings.any()).isTrue();
        });
    }

    private static Map<String, Object> tree(String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), new TypeReference<>() {});
    }
}
