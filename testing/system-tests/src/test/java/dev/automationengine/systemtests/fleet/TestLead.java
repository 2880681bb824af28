package dev.automationengine.systemtests.fleet;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A lead that the simulated Graph knows. */
public record TestLead(String id, String pageId, String formId, Map<String, String> answers) {
    /** The person's e-mail address. */
    public String email() {
        return answers.getOrDefault("email", "");
    }

    /** The person's phone number. */
    public String phone() {
        return answers.getOrDefault("phone_number", "");
    }

    /** A delivery with one entry and a change for each lead. */
    public static String delivery(TestLead... leads) {
        return delivery(List.of(Arrays.asList(leads)));
    }

    /** A delivery with an entry for each list and a change for each lead of it. */
    public static String delivery(List<List<TestLead>> entries) {
        List<Map<String, Object>> all = entries.stream()
                .map(leads -> Map.<String, Object>of(
                        "id", leads.getFirst().pageId(),
                        "time", Instant.now().getEpochSecond(),
                        "changes", leads.stream().map(TestLead::change).collect(Collectors.toList())))
                .toList();
        return Json.MAPPER.writeValueAsString(Map.of("object", "page", "entry", all));
    }

    private Map<String, Object> change() {
        return Map.of(
                "field",
                "leadgen",
                "value",
                Map.of(
                        "leadgen_id", id,
                        "page_id", pageId,
                        "form_id", formId,
                        "created_time", Instant.now().getEpochSecond()));
    }
}
