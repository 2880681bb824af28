package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class GoogleApiTest extends SimulatorTestBase {
    private static final String VALUES = "/google/v4/spreadsheets/1DemoSpreadsheet/values";
    private static final String APPEND = VALUES + "/Leads!A1:append?insertDataOption=INSERT_ROWS&valueInputOption=";

    private static ObjectNode claims() {
        return Json.object()
                .put("iss", DemoAccounts.GOOGLE_ACCOUNT)
                .put("scope", "https://www.googleapis.com/auth/spreadsheets")
                .put("aud", server.url(Vendor.GOOGLE) + "/token")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 3600);
    }

    private static Reply ask(ObjectNode claims) throws Exception {
        String text =
                part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"demo-key-1\"}") + "." + part(claims.toString());
        return ask(text, text);
    }

    private static Reply ask(String text, String signed) throws Exception {
        JsonNode file = Json.MAPPER.readTree(GoogleAccounts.keyFile(""));
        String pem = Json.text(file, "private_key").replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Signature rs256 = Signature.getInstance("SHA256withRSA");
        rs256.initSign(key);
        rs256.update(signed.getBytes(StandardCharsets.US_ASCII));
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(rs256.sign());
        return caller.send(
                "POST",
                "/google/token",
                Form.encode(Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        text + "." + signature)),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String token() throws Exception {
        return ask(claims()).at("/access_token").stringValue();
    }

    @Test
    void a_signed_assertion_gives_a_token_that_ends() throws Exception {
        Reply reply = ask(claims());
        assertThat(reply.at("/expires_in").asInt()).isEqualTo(3599);
        String token = reply.at("/access_token").stringValue();
        assertThat(caller.get(VALUES + "/Leads!A1:D1", token).status()).isEqualTo(200);
        CLOCK.set(NOW.plusSeconds(3601));
        assertThat(caller.get(VALUES + "/Leads!A1:D1", token).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "iss, nobody@demo.iam.gserviceaccount.com, account not found",
        "aud, https://elsewhere.example/token, audience",
        "scope, https://www.googleapis.com/auth/drive, scope"
    })
    void a_wrong_claim_is_refused(String claim, String value, String said) throws Exception {
        Reply reply = ask(claims().put(claim, value));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error_description").stringValue()).contains(said);
    }

    @Test
    void an_assertion_that_lives_too_long_or_is_over_is_refused() throws Exception {
        assertThat(ask(claims().put("exp", NOW.getEpochSecond() + 3601)).status())
                .isEqualTo(400);
        CLOCK.set(NOW.plusSeconds(3700));
        assertThat(ask(claims()).at("/error").stringValue()).isEqualTo("invalid_grant");
    }

    @Test
    void a_signature_of_another_text_is_refused() throws Exception {
        String header = part("{\"alg\":\"RS256\",\"kid\":\"demo-key-1\"}");
        Reply reply = ask(header + "." + part(claims().toString()), header + "." + part("{}"));
        assertThat(reply.at("/error_description").stringValue()).isEqualTo("Invalid JWT Signature.");
    }

    @Test
    void raw_stays_as_it_is_and_what_is_entered_becomes_a_formula() throws Exception {
        String rows = "{\"values\":[[\"=1+1\",\"+1650\"]]}";
        String token = token();
        Reply raw = caller.postJson(APPEND + "RAW", token, rows);
        assertThat(raw.at("/updates/updatedRange").stringValue()).isEqualTo("Leads!A2:B2");
        caller.postJson(APPEND + "USER_ENTERED", token, rows);
        assertThat(server.googleSheets().rows("1DemoSpreadsheet", "Leads"))
                .containsExactly(
                        List.of("Key", "Name", "Email", "Phone"),
                        List.of("=1+1", "+1650"),
                        List.of("#FORMULA", "1650"));
        assertThat(caller.postJson(VALUES + "/Leads!A1:append", token, rows).status())
                .isEqualTo(400);
    }

    @Test
    void empty_cells_and_rows_at_the_ends_are_left_out() throws Exception {
        server.googleSheets()
                .type("1DemoSpreadsheet", "My Sheet", List.of(List.of("a", "", ""), List.of(), List.of("", "b")));
        String token = token();
        Reply all = caller.get(VALUES + "/'My%20Sheet'!A:Z", token);
        assertThat(all.at("/values")).isEqualTo(Json.MAPPER.readTree("[[\"a\"],[],[\"\",\"b\"]]"));
        assertThat(caller.get(VALUES + "/'My%20Sheet'!C1:C9", token).json().has("values"))
                .isFalse();
        Reply two =
                caller.get(VALUES + ":batchGet?ranges=Leads!1:1&ranges='My%20Sheet'!B:B&majorDimension=COLUMNS", token);
        assertThat(two.at("/valueRanges/1/values")).isEqualTo(Json.MAPPER.readTree("[[\"\",\"\",\"b\"]]"));
    }

    @Test
    void a_batch_is_written_whole_or_not_at_all() throws Exception {
        String token = token();
        String good = "{\"range\":\"Leads!B1\",\"values\":[[\"Who\"]]}";
        String body = "{\"valueInputOption\":\"RAW\",\"data\":[%s]}";
        String bad = good + ",{\"range\":\"Leadz!B1\",\"values\":[[\"x\"]]}";
        assertThat(caller.postJson(VALUES + ":batchUpdate", token, body.formatted(bad))
                        .status())
                .isEqualTo(400);
        assertThat(server.googleSheets().rows("1DemoSpreadsheet", "Leads").getFirst())
                .contains("Name");
        caller.postJson(VALUES + ":batchUpdate", token, body.formatted(good));
        assertThat(server.googleSheets().rows("1DemoSpreadsheet", "Leads").getFirst())
                .contains("Who");
    }

    @Test
    void what_is_not_shared_not_there_or_too_often_is_refused() throws Exception {
        String token = token();
        server.googleSheets().create("1Other", Set.of("ann@example.com"), "S");
        assertThat(caller.get("/google/v4/spreadsheets/1Other/values/S!A1", token)
                        .at("/error/status")
                        .stringValue())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(caller.get("/google/v4/spreadsheets/1None/values/S!A1", token)
                        .status())
                .isEqualTo(404);
        server.googleSheets().quota(3);
        assertThat(caller.get(VALUES + "/Leads!A1", token).status()).isEqualTo(200);
        Reply spent = caller.get(VALUES + "/Leads!A1", token);
        assertThat(spent.status()).isEqualTo(429);
        assertThat(spent.at("/error/message").stringValue()).contains("Read requests per minute per user");
        CLOCK.set(NOW.plusSeconds(60));
        assertThat(caller.get(VALUES + "/Leads!A1", token).status()).isEqualTo(200);
    }

    @Test
    void another_process_types_rows_and_gets_the_key() throws Exception {
        caller.send("PUT", "/control/google", "{\"rows\":[[\"1\",\"Joe\"]],\"quota\":600}", Map.of());
        Reply told = caller.send("GET", "/control/google", "", Map.of());
        assertThat(told.at("/rows/1/1").stringValue()).isEqualTo("Joe");
        assertThat(told.at("/service_account_key").stringValue()).contains(DemoAccounts.GOOGLE_ACCOUNT);
    }
}
