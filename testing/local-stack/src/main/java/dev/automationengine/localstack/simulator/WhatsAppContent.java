package dev.automationengine.localstack.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks what a message says: its template and parameters, or its text. */
final class WhatsAppContent {
    private static final int MAX_TEXT = 4096;

    private final WhatsApp state;

    WhatsAppContent(WhatsApp state) {
        this.state = state;
    }

    /**
     * The texts of a message that may be sent.
     *
     * @throws Refused if WhatsApp would refuse it
     */
    List<String> check(JsonNode message, String to) {
        return switch (message.path("type").asString("text")) {
            case "template" -> template(required(message, "template", "template"));
            case "interactive" -> interactive(required(message, "interactive", "interactive"), to);
            case "text" -> text(required(message, "text", "text"), to);
            default ->
                throw GraphError.of(131051, "(#131051) Unsupported message type")
                        .details("Message type is not currently supported.")
                        .refused();
        };
    }

    static Refused missing(String parameter) {
        return GraphError.of(131008, "(#131008) Required parameter is missing")
                .details("The parameter " + parameter + " is required.")
                .refused();
    }

    private List<String> text(JsonNode text, String to) {
        String body = required(text, "body", "text.body").asString("");
        if (body.length() > MAX_TEXT) {
            throw GraphError.of(131009, "(#131009) Parameter value is not valid")
                    .details("The text is longer than " + MAX_TEXT + " characters.")
                    .refused();
        }
        requireWindow(to);
        return List.of(body);
    }

    /** Reply buttons, at most three, or a list of at most ten rows. */
    private List<String> interactive(JsonNode interactive, String to) {
        String body = required(required(interactive, "body", "interactive.body"), "text", "interactive.body.text")
                .asString("");
        JsonNode action = required(interactive, "action", "interactive.action");
        boolean fits = switch (Json.text(interactive, "type")) {
            case "button" -> buttons(action.path("buttons"));
            case "list" ->
                !Json.text(action, "button").isEmpty()
                        && action.path("sections").values().stream()
                                        .mapToInt(
                                                section -> section.path("rows").size())
                                        .sum()
                                <= 10;
            default -> false;
        };
        if (!fits || body.length() > 1024) {
            throw GraphError.of(131009, "(#131009) Parameter value is not valid")
                    .details("The interactive message breaks the limits of its type.")
                    .refused();
        }
        requireWindow(to);
        return List.of(body);
    }

    private static boolean buttons(JsonNode buttons) {
        return !buttons.isEmpty()
                && buttons.size() <= 3
                && buttons.values().stream().map(button -> button.path("reply")).allMatch(reply -> {
                    String title = Json.text(reply, "title");
                    return !title.isEmpty()
                            && title.length() <= 20
                            && !Json.text(reply, "id").isEmpty();
                });
    }

    private void requireWindow(String to) {
        if (!state.windowOpen(to)) {
            throw GraphError.of(131047, "(#131047) Re-engagement message")
                    .details("Message failed to send because more than 24 hours have passed since the customer last"
                            + " replied to this number.")
                    .refused();
        }
    }

    private List<String> template(JsonNode template) {
        String name = required(template, "name", "template.name").asString("");
        String language = required(required(template, "language", "template.language"), "code", "language.code")
                .asString("");
        int expected = state.bodyParameters(name, language)
                .orElseThrow(() -> GraphError.of(132001, "(#132001) Template name does not exist in the translation")
                        .details("template name (" + name + ") does not exist in " + language)
                        .refused());
        List<String> parameters = bodyParameters(template);
        if (parameters.size() != expected) {
            throw GraphError.of(132000, "(#132000) Number of parameters does not match the expected number of params")
                    .details("body: number of localizable_params (" + parameters.size()
                            + ") does not match the expected number of params (" + expected + ")")
                    .refused();
        }
        return parameters;
    }

    private static List<String> bodyParameters(JsonNode template) {
        List<String> texts = new ArrayList<>();
        for (JsonNode component : template.path("components")) {
            if (Json.text(component, "type").equalsIgnoreCase("body")) {
                component.path("parameters").forEach(parameter -> texts.add(textOf(parameter)));
            }
        }
        return List.copyOf(texts);
    }

    private static String textOf(JsonNode parameter) {
        if (!Json.text(parameter, "type").equals("text")) {
            throw GraphError.of(132012, "(#132012) Parameter format does not match format in the created template")
                    .details("body: parameter type must be text")
                    .refused();
        }
        return required(parameter, "text", "template.components.parameters.text")
                .asString("");
    }

    private static JsonNode required(JsonNode parent, String member, String path) {
        JsonNode value = parent.path(member);
        boolean present = value.isString() ? !value.stringValue().isEmpty() : value.isObject();
        if (!present) {
            throw missing(path);
        }
        return value;
    }
}
