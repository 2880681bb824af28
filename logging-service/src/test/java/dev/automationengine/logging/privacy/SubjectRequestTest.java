package dev.automationengine.logging.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.logging.privacy.SubjectRequest.Status;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.privacy.SubjectPage;
import dev.automationengine.model.privacy.SubjectPage.Finding;
import dev.automationengine.model.privacy.SubjectWork.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a request goes on. */
class SubjectRequestTest {
    private static final OrgId ORG = OrgId.random();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final List<Finding> ERASED = List.of(new Finding("events", "evt_1", true));

    @Test
    void a_search_goes_through_each_collection_once_page_by_page() {
        SubjectRequest request = begin(Kind.SEARCH);
        request = request.with(page(request, "evt_200", 0, List.of()), NOW, SETTLE);
        assertThat(request.work().after()).isEqualTo("evt_200");
        for (String collection : SubjectRequest.COLLECTIONS) {
            assertThat(request.collection()).isEqualTo(collection);
            assertThat(request.status()).isEqualTo(Status.RUNNING);
            request = request.with(page(request, null, 0, List.of(new Finding(collection, "x", false))), NOW, SETTLE);
        }
        assertThat(request.status()).isEqualTo(Status.DONE);
        assertThat(request.finishedAt()).isEqualTo(NOW);
    }

    @Test
    void an_erasure_looks_again_after_a_pause_until_nothing_is_left() {
        SubjectRequest request = pass(begin(Kind.ERASURE), 1, ERASED);
        assertThat(request.pass()).isEqualTo(2);
        assertThat(request.lookAt()).isEqualTo(NOW.plus(SETTLE));
        request = pass(request, 1, ERASED);
        assertThat(request.pass()).isEqualTo(3);
        // Only what was erased before is met.
        request = pass(request, 0, ERASED);
        assertThat(request.status()).isEqualTo(Status.DONE);
    }

    @Test
    void what_an_earlier_run_of_the_same_page_erased_is_looked_after_too() {
        // The answer of that run was lost, so nothing counts as changed.
        assertThat(pass(begin(Kind.ERASURE), 0, ERASED).pass()).isEqualTo(2);
        assertThat(pass(begin(Kind.ERASURE), 0, List.of()).status()).isEqualTo(Status.DONE);
    }

    @Test
    void what_comes_back_all_the_time_is_told() {
        SubjectRequest request = begin(Kind.ERASURE);
        for (int i = 1; i <= SubjectRequest.MAX_PASSES; i++) {
            assertThat(request.pass()).isEqualTo(i);
            request = pass(request, 0, List.of(new Finding("executions", "exec_1", false)));
        }
        assertThat(request.status()).isEqualTo(Status.INCOMPLETE);
    }

    @Test
    void only_the_answer_to_its_own_page_carries_it_on() {
        SubjectRequest request = begin(Kind.SEARCH);
        SubjectPage first = page(request, "evt_200", 0, List.of());
        assertThat(request.awaits(first)).isTrue();
        assertThat(request.with(first, NOW, SETTLE).awaits(first)).isFalse();
    }

    private static SubjectRequest pass(SubjectRequest request, int changed, List<Finding> findings) {
        SubjectRequest next = request;
        for (int i = 0; i < SubjectRequest.COLLECTIONS.size(); i++) {
            next = next.with(page(next, null, i == 0 ? changed : 0, i == 0 ? findings : List.of()), NOW, SETTLE);
        }
        return next;
    }

    private static SubjectPage page(
            SubjectRequest request, @Nullable String next, int changed, List<Finding> findings) {
        return new SubjectPage(
                request.id(), ORG, request.collection(), request.pass(), request.after(), next, 200, changed, findings);
    }

    private static SubjectRequest begin(Kind kind) {
        return SubjectRequest.begin("subj_1", ORG, kind, List.of("email:x"), List.of("t"), null, "user_1", NOW);
    }
}
