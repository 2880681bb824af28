package dev.automationengine.kit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.kit.privacy.Contacts.Contact;
import dev.automationengine.kit.privacy.Contacts.Kind;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectWork;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What is left of a document when a person was taken out of it. */
class ErasureTest {
    private static final String OLD_KEY = "an-old-key-of-the-installation-0123456789";
    private static final Contact JOE = new Contact(Kind.EMAIL, "joe@example.com");
    private static final OrgId ORG = OrgId.random();
    private static final List<List<String>> PAYLOADS = List.of(List.of("trigger"), List.of("steps", "*", "output"));

    private final SubjectHashes hashes =
            new SubjectHashes(List.of("the-new-key-of-the-installation-0123456789", OLD_KEY));

    @Test
    void payloads_lose_texts_and_numbers_and_keep_names_ids_and_truth_values() {
        Document erased = erase("""
                {"_id": "exec_1", "status": "completed",
                 "trigger": {"lead_id": "77", "fields": {"email": "Joe@Example.com", "full_name": "Joe", "age": 42,
                             "newsletter": true, "contact_id": "joe@example.com"}},
                 "steps": {"output": {"status": "completed", "output": {"id": "c_1", "greeting": "Dear Joe"}}},
                 "note": "asked by joe@example.com", "by": "user_1"}
                """);
        assertThat(erased).isEqualTo(Document.parse("""
                {"_id": "exec_1", "status": "completed",
                 "trigger": {"lead_id": "77", "fields": {"email": "[erased]", "full_name": "[erased]",
                             "age": "[erased]", "newsletter": true, "contact_id": "[erased]"}},
                 "steps": {"output": {"status": "completed", "output": {"id": "c_1", "greeting": "[erased]"}}},
                 "note": "[erased]", "by": "user_1"}
                """));
    }

    @Test
    void of_a_list_somebody_else_stays() {
        Document erased = erase("""
                {"trigger": {"people": [{"email": "joe@example.com", "name": "Joe"},
                                        {"email": "ann@example.com", "name": "Ann"}, {"name": "nobody knows"}]}}
                """);
        assertThat(erased.toJson())
                .contains("ann@example.com", "Ann")
                .doesNotContain("joe@", "Joe")
                .doesNotContain("nobody knows");
    }

    @Test
    void a_name_of_a_member_that_is_the_person_goes() {
        assertThat(erase("{\"trigger\": {\"joe@example.com\": 1, \"other\": \"x\"}}")
                        .toJson())
                .doesNotContain("joe@")
                .contains("other");
    }

    @Test
    void a_hash_of_an_older_key_is_recognised_and_one_of_another_organization_is_not() {
        String old = new SubjectHashes(List.of(OLD_KEY)).hash(ORG, JOE);
        assertThat(subject(old).isNamedIn("joe@example.com")).isTrue();
        assertThat(subject(hashes.hash(OrgId.random(), JOE)).isNamedIn("joe@example.com"))
                .isFalse();
        assertThat(hashes.hash(ORG, JOE)).doesNotContain("joe").startsWith("email:");
    }

    @Test
    void an_id_of_digits_makes_nobody_somebody_else() {
        Subject byPhone = subject(hashes.hash(ORG, new Contact(Kind.PHONE, "+16502530000")));
        assertThat(byPhone.othersAreNamedIn("16502530001")).isFalse();
        assertThat(byPhone.othersAreNamedIn("+16502530001")).isTrue();
        assertThat(byPhone.isNamedIn(16502530000L)).isTrue();
    }

    private Document erase(String json) {
        return new Erasure(subject(hashes.hash(ORG, JOE))).erase(Document.parse(json), PAYLOADS);
    }

    private Subject subject(String hash) {
        return new Subject(
                hashes,
                new SubjectWork(
                        "subj_1",
                        ORG,
                        SubjectWork.Kind.ERASURE,
                        List.of(hash),
                        List.of(),
                        null,
                        "executions",
                        1,
                        null));
    }
}
