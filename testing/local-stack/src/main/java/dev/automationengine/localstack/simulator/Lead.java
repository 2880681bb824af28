package dev.automationengine.localstack.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lead as Graph holds it.
 *
 * @param id the leadgen id, digits
 * @param createdTime when the form was submitted, to the second
 * @param ad text fields of the ad ({@code ad_id}, {@code ad_name}, {@code campaign_id}, {@code platform}, ...); those
 *     not there are left out of the answer, as with organic leads
 * @param answers the form's answers ({@code field_data}), several values for a multiple choice
 * @param disclaimers the check boxes, which Graph keeps apart from the answers
 */
public record Lead(
        String id,
        String pageId,
        String formId,
        Instant createdTime,
        boolean organic,
        Map<String, String> ad,
        Map<String, List<String>> answers,
        Map<String, Boolean> disclaimers) {

    /** Copies the collections. */
    public Lead {
        createdTime = createdTime.truncatedTo(ChronoUnit.SECONDS);
        ad = ordered(ad);
        answers = ordered(answers);
        disclaimers = ordered(disclaimers);
    }

    /** An organic lead without answers. */
    public static Lead of(String id, String pageId, String formId, Instant createdTime) {
        return new Lead(id, pageId, formId, createdTime, true, Map.of(), Map.of(), Map.of());
    }

    /** The same lead with one more answer. */
    public Lead answer(String name, String... values) {
        return new Lead(
                id, pageId, formId, createdTime, organic, ad, plus(answers, name, List.of(values)), disclaimers);
    }

    /** The same lead with one more check box. */
    public Lead disclaimer(String key, boolean checked) {
        return new Lead(id, pageId, formId, createdTime, organic, ad, answers, plus(disclaimers, key, checked));
    }

    /** The same lead, come by an ad. */
    public Lead fromAd(Map<String, String> adFields) {
        return new Lead(id, pageId, formId, createdTime, false, adFields, answers, disclaimers);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
