package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.access.Secret;
import dev.automationengine.model.id.OrgId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invitation as the invited holds it: {@code inv_<organization>_<id>_<secret>}.
 *
 * @param org the organization, so that the invitation is found with the shard key
 * @param id the invitation's id
 * @param secret what proves it
 */
record InvitationText(OrgId org, String id, Secret secret) {
    private static final Pattern FORM =
            Pattern.compile("inv_(org_[0-9a-z]{1,40})_([0-9a-f-]{36})_(" + Secret.FORM + ")");

    static InvitationText random(OrgId org) {
        return new InvitationText(org, UUID.randomUUID().toString(), Secret.random());
    }

    /** Reads a text; empty if it has another form. */
    static Optional<InvitationText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new InvitationText(new OrgId(matcher.group(1)), matcher.group(2), new Secret(matcher.group(3))))
                : Optional.empty();
    }

    String text() {
        return "inv_" + org + "_" + id + "_" + secret.text();
    }
}
