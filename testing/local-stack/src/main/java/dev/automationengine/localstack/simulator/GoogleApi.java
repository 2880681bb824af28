package dev.automationengine.localstack.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google Sheets, version 4: values read, appended, updated, one range or several; and the token endpoint of service
 * accounts.
 *
 * @see <a href="https://developers.google.com/workspace/sheets/api/reference/rest">Google Sheets API</a>
 */
final class GoogleApi implements VendorApi {
    private static final Pattern PATH =
            Pattern.compile("/google/v4/spreadsheets/(?<id>[A-Za-z0-9_-]+)(/values(?<batch>:batchGet|:batchUpdate)?"
                    + "(/(?<range>.+?)(?<append>:append)?)?)?");

    private final GoogleSheets sheets;
    private final GoogleAccounts accounts;
    private final OAuthGrants grants;
    private final Supplier<String> tokenUri;

    GoogleApi(GoogleSheets sheets, GoogleAccounts accounts, OAuthGrants grants, Supplier<String> tokenUri) {
        this.sheets = sheets;
        this.accounts = accounts;
        this.grants = grants;
        this.tokenUri = tokenUri;
    }

    @Override
    public Answer answer(Call call) {
        if (call.path().equals("/google/token") && call.method().equals("POST")) {
            return accounts.token(call, tokenUri.get());
        }
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            throw GoogleError.notFound();
        }
        String id = path.group("id");
        open(call, id);
        boolean append = path.group("append") != null;
        Optional<String> range = Optional.ofNullable(path.group("range"));
        String batch = Optional.ofNullable(path.group("batch")).orElse("");
        return switch (call.method() + batch + (append ? ":append" : range.isPresent() ? "/range" : "")) {
            case "GET" -> call.path().endsWith("/values") ? missing() : Answer.json(200, properties(id));
            case "GET/range" -> Answer.json(200, values(call, id, range.orElseThrow()));
            case "GET:batchGet" -> batchGet(call, id);
            case "PUT/range" -> put(call, id, range.orElseThrow());
            case "POST:batchUpdate" -> batchUpdate(call, id);
            case "POST:append" -> append(call, id, range.orElseThrow());
            default -> throw GoogleError.notFound();
        };
    }

    private static Answer missing() {
        throw GoogleError.notFound();
    }

    /** Who calls, whether there is such a spreadsheet, whether they may open it, and whether they ask too often. */
    private void open(Call call, String id) {
        String account = call.bearer()
                .flatMap(token -> accounts.account(token)
                        .or(() -> grants.accepts(token) ? Optional.of(DemoAccounts.GOOGLE_USER) : Optional.empty()))
                .orElseThrow(GoogleError::unauthenticated);
        boolean write = !call.method().equals("GET");
        if (!sheets.spend(account, write)) {
            throw GoogleError.quota(write ? "Write" : "Read");
        }
        if (!sheets.has(id)) {
            throw GoogleError.notFound();
        }
        if (!sheets.mayOpen(id, account)) {
            throw GoogleError.denied();
        }
    }

    private ObjectNode properties(String id) {
        ObjectNode answer = Json.object().put("spreadsheetId", id);
        ArrayNode list = answer.putArray("sheets");
        int index = 0;
        for (String title : sheets.titles(id)) {
            list.addObject()
                    .putObject("properties")
                    .put("sheetId", index)
                    .put("title", title)
                    .put("index", index++);
        }
        return answer;
    }

    private ObjectNode values(Call call, String id, String text) {
        GoogleRange range = range(id, text);
        String dimension = call.parameter("majorDimension").orElse("ROWS");
        String render = call.parameter("valueRenderOption").orElse("FORMATTED_VALUE");
        boolean known =
                Stream.of("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA").anyMatch(render::equals)
                        && Stream.of("ROWS", "COLUMNS").anyMatch(dimension::equals);
        if (!known) {
            throw GoogleError.invalid("Invalid value at 'value_render_option' or 'major_dimension'");
        }
        ArrayNode cells = Json.array();
        for (List<JsonNode> row : GoogleValues.turned(sheets.read(id, range), dimension.equals("COLUMNS"))) {
            ArrayNode line = cells.addArray();
            row.forEach(cell -> line.add(
                    render.equals("FORMATTED_VALUE")
                            ? Json.MAPPER.getNodeFactory().stringNode(cell.asString())
                            : cell));
        }
        ObjectNode answer = Json.object().put("range", range.text()).put("majorDimension", dimension);
        if (!cells.isEmpty()) {
            answer.set("values", cells);
        }
        return answer;
    }

    private Answer batchGet(Call call, String id) {
        List<String> ranges = new ArrayList<>();
        for (String pair : call.rawQuery().split("&")) {
            if (pair.startsWith("ranges=")) {
                ranges.add(URLDecoder.decode(pair.substring(7), StandardCharsets.UTF_8));
            }
        }
        ObjectNode answer = Json.object().put("spreadsheetId", id);
        ArrayNode list = answer.putArray("valueRanges");
        ranges.forEach(range -> list.add(values(call, id, range)));
        return Answer.json(200, answer);
    }

    private Answer put(Call call, String id, String text) {
        JsonNode body = GoogleValues.body(call);
        GoogleRange range = range(id, text);
        if (body.has("range") && !Json.text(body, "range").equals(text)) {
            throw GoogleError.invalid("Requested writing within range [" + text + "], but the body names another");
        }
        boolean entered =
                GoogleValues.entered(call.parameter("valueInputOption").orElse(""));
        List<List<JsonNode>> rows = GoogleValues.rows(body, range, entered);
        sheets.write(id, range, rows);
        return Answer.json(200, GoogleValues.updates(id, range, rows));
    }

    private Answer batchUpdate(Call call, String id) {
        JsonNode body = GoogleValues.body(call);
        boolean entered = GoogleValues.entered(Json.text(body, "valueInputOption"));
        List<Runnable> writes = new ArrayList<>();
        ObjectNode answer = Json.object().put("spreadsheetId", id);
        ArrayNode responses = answer.putArray("responses");
        for (JsonNode data : body.path("data")) {
            GoogleRange range = range(id, Json.text(data, "range"));
            List<List<JsonNode>> rows = GoogleValues.rows(data, range, entered);
            writes.add(() -> sheets.write(id, range, rows));
            responses.add(GoogleValues.updates(id, range, rows));
        }
        if (writes.isEmpty()) {
            throw GoogleError.invalid("Must specify at least one request.");
        }
        writes.forEach(Runnable::run);
        return Answer.json(200, answer.put("totalUpdatedRows", writes.size()));
    }

    private Answer append(Call call, String id, String text) {
        JsonNode body = GoogleValues.body(call);
        GoogleRange table = range(id, text);
        boolean entered =
                GoogleValues.entered(call.parameter("valueInputOption").orElse(""));
        String insert = call.parameter("insertDataOption").orElse("OVERWRITE");
        if (!insert.equals("OVERWRITE") && !insert.equals("INSERT_ROWS")) {
            throw GoogleError.invalid("Invalid value at 'insert_data_option'");
        }
        GoogleRange anywhere = new GoogleRange(table.sheet(), 0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        List<List<JsonNode>> rows = GoogleValues.rows(body, anywhere, entered);
        int first = sheets.append(id, table.sheet(), rows);
        int width = rows.stream().mapToInt(List::size).max().orElse(1);
        GoogleRange written = new GoogleRange(table.sheet(), first, 0, first + rows.size() - 1, Math.max(0, width - 1));
        ObjectNode answer = Json.object().put("spreadsheetId", id);
        answer.set("updates", GoogleValues.updates(id, written, rows));
        return Answer.json(200, answer);
    }

    private GoogleRange range(String id, String text) {
        return GoogleRange.parse(text, sheets.titles(id))
                .orElseThrow(() -> GoogleError.invalid("Unable to parse range: " + text));
    }
}
