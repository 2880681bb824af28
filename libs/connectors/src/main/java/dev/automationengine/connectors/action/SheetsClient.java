package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundRequest;
import dev.automationengine.model.execution.StepError;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google Sheets' values for one attempt: its calls share the attempt's time. A call that fails ends the attempt.
 *
 * @see <a href="https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values">Google:
 *     spreadsheets.values</a>
 */
final class SheetsClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final OutboundHttp http;
    private final Errors errors;
    private final ErrorRules rules;
    private final String values;
    private final ActionCall call;
    private final String token;
    private final long end;

    SheetsClient(
            OutboundHttp http, Errors errors, ErrorRules rules, String baseUrl, String spreadsheet, ActionCall call) {
        this.http = http;
        this.errors = errors;
        this.rules = rules;
        this.values = baseUrl + "/v4/spreadsheets/" + spreadsheet + "/values";
        this.call = call;
        this.token =
                call.credential() == null ? "" : call.credential().secrets().getOrDefault("access_token", "");
        this.end = System.nanoTime() + call.timeout().toNanos();
    }

    /** The attempt ends so. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ActionResult result;

        Ended(ActionResult result) {
            super("ended", null, false, false);
            this.result = result;
        }

        ActionResult result() {
            return result;
        }
    }

    /** The cells of a row, or those of a column: the first line of a range. */
    List<JsonNode> line(String range, String dimension) {
        Map<String, String> query = Map.of("majorDimension", dimension, "valueRenderOption", "UNFORMATTED_VALUE");
        return send("GET", "/" + UrlText.encoded(range), query, null)
                .at("/values/0")
                .valueStream()
                .toList();
    }

    /** All rows of a range that have something, the first first. */
    List<JsonNode> rows(String range) {
        Map<String, String> query = Map.of("majorDimension", "ROWS", "valueRenderOption", "UNFORMATTED_VALUE");
        return send("GET", "/" + UrlText.encoded(range), query, null)
                .path("values")
                .valueStream()
                .toList();
    }

    /** Appends a row as it is: no text becomes a formula. */
    JsonNode append(String range, List<?> row) {
        Map<String, String> query = Map.of("valueInputOption", "RAW", "insertDataOption", "INSERT_ROWS");
        Map<String, Object> body = Map.of("majorDimension", "ROWS", "values", List.of(row));
        return send("POST", "/" + UrlText.encoded(range) + ":append", query, body);
    }

    /** Writes cells as they are, all or none. */
    JsonNode write(List<Map<String, Object>> data) {
        return send("POST", ":batchUpdate", Map.of(), Map.of("valueInputOption", "RAW", "data", data));
    }

    private JsonNode send(String method, String path, Map<String, String> query, @Nullable Object body) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        OutboundRequest request = new OutboundRequest(
                method,
                UrlText.withQuery(URI.create(values + path), query),
                Map.of("Accept", "application/json", "Authorization", "Bearer " + token),
                body == null ? null : new OutboundRequest.Body("application/json", JSON.writeValueAsBytes(body)),
                left);
        Redactor redactor = Redactor.of(call.credential());
        return switch (http.send(request, call.connection())) {
            case Exchange.Unanswered unanswered ->
                throw new Ended(known(errors.unanswered(request, unanswered, redactor), body == null));
            case Exchange.Answered answered -> {
                if (!StatusClass.success(answered.status())) {
                    throw new Ended(shared(
                            errors.answered(request, answered, rules, AnswerBody.of(answered, redactor), redactor)));
                }
                yield JSON.readTree(answered.body());
            }
        };
    }

    /** A read whose answer is lost has changed nothing. */
    private static ActionResult known(ActionResult result, boolean read) {
        return read && result instanceof ActionResult.Failed failed
                ? new ActionResult.Failed(failed.error(), failed.retryAfter(), false, failed.connectionWide())
                : result;
    }

    /** Names the address that a spreadsheet must be shared with. */
    private ActionResult.Failed shared(ActionResult.Failed failed) {
        StepError error = failed.error();
        if (!error.code().equals("PERMISSION_DENIED")) {
            return failed;
        }
        String who = ServiceAccounts.email(call.credential()).orElse("the Google account that was connected");
        StepError advised = new StepError(
                error.errorClass(),
                error.code(),
                error.message(),
                error.httpStatus(),
                error.request(),
                error.answer(),
                "Share the spreadsheet with " + who + " as editor, then redrive.");
        return new ActionResult.Failed(advised, failed.retryAfter(), false, failed.connectionWide());
    }
}
