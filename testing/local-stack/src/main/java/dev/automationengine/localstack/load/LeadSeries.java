package dev.automationengine.localstack.load;

import dev.automationengine.localstack.simulator.Lead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Makes leads of one page, its forms in turn. The id of a lead is also its phone number and part of its e-mail address,
 * so that every effect at a third party can be traced to it. Not thread-safe.
 */
public final class LeadSeries {
    /**
     * Leads are registered before they are announced. Were they new, polling-service would find them meanwhile, and the
     * engine would be done with them before their time began; it never looks back this far.
     */
    private static final Duration AGE = Duration.ofHours(1);
    /** Ids of 15 digits, the longest phone number (ITU-T E.164). Series don't meet at less than 100 leads per ms. */
    private static final long IDS_PER_MILLI = 100;

    private final String pageId;
    private final List<String> formIds;
    private final Instant submitted;
    private long nextId;

    /**
     * A series of its own.
     *
     * @param pageId page of all leads
     * @param formIds form of the first, the second, ... lead, and again from the first
     * @param now no two series of a fleet may begin in the same millisecond
     */
    public LeadSeries(String pageId, List<String> formIds, Instant now) {
        this.pageId = pageId;
        this.formIds = List.copyOf(formIds);
        this.submitted = now.minus(AGE);
        this.nextId = now.toEpochMilli() * IDS_PER_MILLI;
    }

    /** As many leads as wanted, none of them given before. */
    public List<Lead> next(int count) {
        long first = nextId;
        nextId += count;
        return LongStream.range(first, nextId).mapToObj(this::lead).toList();
    }

    /** The e-mail address of a lead. */
    public static String email(String leadId) {
        return "lead" + leadId + "@example.com";
    }

    /** The lead that a receiver of a WhatsApp message is. */
    public static String leadOfPhone(String phone) {
        return phone.replaceAll("\\D", "");
    }

    /** A lead as the simulators' control API takes it. */
    static Map<String, Object> registration(Lead lead) {
        return Map.of(
                "id", lead.id(),
                "page_id", lead.pageId(),
                "form_id", lead.formId(),
                "created_time", lead.createdTime().toString(),
                "answers", lead.answers());
    }

    private Lead lead(long id) {
        String text = Long.toString(id);
        return Lead.of(text, pageId, formIds.get((int) (id % formIds.size())), submitted)
                .answer("email", email(text))
                .answer("full_name", "Joe Example")
                .answer("phone_number", "+" + text);
    }
}
