package dev.automationengine.gateway.login;

import dev.automationengine.gateway.access.Secret;
import dev.automationengine.model.id.OrgId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token as a client holds it: {@code rt_<organization>_<session>_<family secret>_<secret>}. The family secret
 * stays the same for all tokens of a session, the last part is new with each refresh. So a token with the right family
 * secret and a wrong last part is one that was used before: somebody holds a copy. One with a wrong family secret is a
 * guess and says nothing.
 *
 * @param org the organization, so that the session is found with the shard key
 * @param session the session's id
 * @param family the same in all tokens of the session
 * @param secret of this token alone
 */
record RefreshToken(OrgId org, String session, Secret family, Secret secret) {
    private static final Pattern FORM =
            Pattern.compile("rt_(org_[0-9a-z]{1,40})_([0-9a-f-]{36})_(" + Secret.FORM + ")_(" + Secret.FORM + ")");

    /** The first token of a new session. */
    static RefreshToken first(OrgId org) {
        return new RefreshToken(org, UUID.randomUUID().toString(), Secret.random(), Secret.random());
    }

    /** Reads a token; empty if the text has another form. */
    static Optional<RefreshToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RefreshToken(
                        new OrgId(matcher.group(1)),
                        matcher.group(2),
                        new Secret(matcher.group(3)),
                        new Secret(matcher.group(4))))
                : Optional.empty();
    }

    /** The token that this one is exchanged for. */
    RefreshToken next() {
        return new RefreshToken(org, session, family, Secret.random());
    }

    /** The token as text. */
    String text() {
        return "rt_" + org + "_" + session + "_" + family.text() + "_" + secret.text();
    }
}
