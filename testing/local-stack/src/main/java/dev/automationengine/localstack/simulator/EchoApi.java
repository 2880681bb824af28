package dev.automationengine.localstack.simulator;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Answers what it was asked: for actions that call any HTTP endpoint. What is put is kept. */
final class EchoApi implements VendorApi {
    private final Effects effects;

    EchoApi(Effects effects) {
        this.effects = effects;
    }

    @Override
    public Answer answer(Call call) {
        if (call.method().equals("PUT")) {
            effects.put(call.path(), call.text());
        }
        ObjectNode echo = Json.object().put("method", call.method()).put("path", call.path());
        echo.set("query", Json.MAPPER.valueToTree(call.query()));
        Map<String, String> headers = new TreeMap<>(call.headers());
        headers.remove("authorization");
        echo.set("headers", Json.MAPPER.valueToTree(headers));
        if (call.hasContentType("application/json")) {
            Json.parse(call.body())
                    .ifPresentOrElse(json -> echo.set("body", json), () -> echo.put("body", call.text()));
        } else {
            echo.put("body", call.text());
        }
        return Answer.json(200, echo);
    }
}
