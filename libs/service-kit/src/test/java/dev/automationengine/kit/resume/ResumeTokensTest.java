package dev.automationengine.kit.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.kit.resume.ResumeToken.Kind;
import dev.automationengine.kit.resume.ResumeTokens.Checked;
import dev.automationengine.model.id.ExecutionId;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.StepId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Only what we signed is believed, until it expires. */
class ResumeTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String OLD = "old-key-old-key-old-key-old-key-1";
    private static final String NEW = "new-key-new-key-new-key-new-key-1";
    private static final ResumeTokens TOKENS = tokens(NOW, NEW, OLD);

    @Property
    void what_was_signed_is_read_again(@ForAll("tokens") ResumeToken token) {
        String text = TOKENS.sign(token);

        assertThat(TOKENS.check(text)).isEqualTo(new Checked.Valid(token));
        assertThat(text).hasSizeLessThanOrEqualTo(ResumeTokens.LONGEST).matches("[A-Za-z0-9_.-]+");
    }

    @Property
    void any_other_character_makes_it_a_forgery(
            @ForAll("tokens") ResumeToken token, @ForAll @IntRange(max = 511) int where, @ForAll char other) {
        String text = TOKENS.sign(token);
        int position = where % text.length();
        String changed = text.substring(0, position) + other + text.substring(position + 1);

        assertThat(TOKENS.check(changed))
                .isEqualTo(changed.equals(text) ? new Checked.Valid(token) : new Checked.Forged());
    }

    @Property
    void what_was_cut_or_lengthened_is_a_forgery(
            @ForAll("tokens") ResumeToken token, @ForAll @IntRange(max = 511) int length, @ForAll char more) {
        String text = TOKENS.sign(token);

        assertThat(TOKENS.check(text.substring(0, length % text.length()))).isEqualTo(new Checked.Forged());
        assertThat(TOKENS.check(text + more)).isEqualTo(new Checked.Forged());
    }

    @Property
    void any_text_is_answered(@ForAll String text) {
        assertThat(TOKENS.check(text)).isEqualTo(new Checked.Forged());
    }

    @Property
    void a_signature_holds_for_its_own_content_alone(
            @ForAll("tokens") ResumeToken mine, @ForAll("tokens") ResumeToken others) {
        String signature = TOKENS.sign(mine).split("\\.", 2)[1];
        String content = TOKENS.sign(others).split("\\.", 2)[0];

        assertThat(TOKENS.check(content + "." + signature))
                .isEqualTo(mine.equals(others) ? new Checked.Valid(mine) : new Checked.Forged());
    }

    @Property
    void it_is_over_at_the_very_second(@ForAll("tokens") ResumeToken token) {
        String text = TOKENS.sign(token);

        assertThat(tokens(token.expiresAt().minusMillis(1), NEW).check(text)).isEqualTo(new Checked.Valid(token));
        assertThat(tokens(token.expiresAt(), NEW).check(text)).isEqualTo(new Checked.Expired(token));
    }

    @Property
    void keys_change_without_breaking_the_links_that_are_out(@ForAll("tokens") ResumeToken token) {
        String before = tokens(NOW, OLD).sign(token);

        assertThat(TOKENS.check(before)).isEqualTo(new Checked.Valid(token));
        assertThat(tokens(NOW, NEW).check(before)).isEqualTo(new Checked.Forged());
        assertThat(tokens(NOW, OLD).check(TOKENS.sign(token))).isEqualTo(new Checked.Forged());
    }

    @Example
    void the_form_is_a_contract_because_links_outlive_releases() {
        ResumeToken token = new ResumeToken(
                Kind.APPROVAL,
                new OrgId("org_1"),
                JobId.parse("exec_1:ask:2"),
                "approved",
                1,
                Instant.parse("2026-11-24T00:00:00Z"));

        String text = tokens(NOW, NEW).sign(token);

        assertThat(new String(Base64.getUrlDecoder().decode(text.split("\\.", 2)[0]), StandardCharsets.UTF_8))
                .isEqualTo("APPROVAL:org_1:exec_1:ask:2:approved:1:1795478400");
        assertThat(text)
                .isEqualTo("QVBQUk9WQUw6b3JnXzE6ZXhlY18xOmFzazoyOmFwcHJvdmVkOjE6MTc5NTQ3ODQwMA"
                        + ".I9cK7SlcY0AtWU7v32OITC1Von-Xqo2m4T-vJ4wIpZo");
    }

    @Example
    void a_short_key_is_refused_and_no_key_is_shown() {
        assertThatThrownBy(() -> new ResumeProperties(List.of("short"))).hasMessageContaining("ENGINE_RESUME_KEYS");
        assertThat(new ResumeProperties(List.of(NEW)).toString()).doesNotContain(NEW);
    }

    @Provide
    Arbitrary<ResumeToken> tokens() {
        Arbitrary<String> ids = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<JobId> jobs = Combinators.combine(
                        ids,
                        Arbitraries.strings().alpha().withChars("_-").ofMaxLength(63),
                        Arbitraries.integers().greaterOrEqual(1))
                .as((execution, step, epoch) ->
                        new JobId(new ExecutionId("exec_" + execution), new StepId("s" + step), epoch));
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(1, Duration.ofDays(400).toSeconds())
                .map(seconds -> NOW.plusSeconds(seconds));
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        ids.map(id -> new OrgId("org_" + id)),
                        jobs,
                        Arbitraries.of("approved", "rejected").injectNull(0.3),
                        Arbitraries.integers().between(0, 100).injectNull(0.5),
                        times)
                .as(ResumeToken::new);
    }

    private static ResumeTokens tokens(Instant now, String... keys) {
        return new ResumeTokens(List.of(keys), () -> now);
    }
}
