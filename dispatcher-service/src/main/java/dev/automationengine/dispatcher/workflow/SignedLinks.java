package dev.automationengine.dispatcher.workflow;

import dev.automationengine.kit.resume.ResumeToken;
import dev.automationengine.kit.resume.ResumeTokens;
import dev.automationengine.model.id.JobId;
import dev.automationengine.model.id.OrgId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Links with a signed token, which trigger-service takes without looking anything up. */
@Component
class SignedLinks implements WaitLinks {
    private static final String PATH = "/webhooks/resume/";

    private final ResumeTokens tokens;
    private final String base;

    SignedLinks(ResumeTokens tokens, LinkProperties properties) {
        this.tokens = tokens;
        this.base = properties.publicUrl().toString().replaceAll("/+$", "");
    }

    @Override
    public String url(OrgId org, JobId job, @Nullable String choice, @Nullable Integer approver, Instant expiresAt) {
        ResumeToken token = new ResumeToken(
                choice == null ? ResumeToken.Kind.CALLBACK : ResumeToken.Kind.APPROVAL,
                org,
                job,
                choice,
                approver,
                expiresAt.truncatedTo(ChronoUnit.SECONDS));
        return base + PATH + tokens.sign(token);
    }
}
