package dev.automationengine.worker.credential;

import dev.automationengine.connectors.vault.CredentialChange;
import dev.automationengine.connectors.vault.CredentialStore;
import dev.automationengine.connectors.vault.CredentialSummary;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.kit.problem.FieldError;
import dev.automationengine.kit.problem.Problem;
import dev.automationengine.kit.problem.ProblemException;
import dev.automationengine.kit.web.RevisionTag;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.workflow.WebhookSecurity;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Replaces a credential's secrets, attributes and name in place. */
@Component
class CredentialReplacement {
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final CredentialStore store;
    private final CredentialCheck check;

    CredentialReplacement(CredentialStore store, CredentialCheck check) {
        this.store = store;
        this.check = check;
    }

    /**
     * What a credential is to become.
     *
     * @param kind if given, the kind that it has: that cannot change
     * @param name a name for people
     * @param attributes what is not secret, all of it
     * @param secrets what is, all of it; left out: as before, which needs the attributes to be as before, too
     * @param overlap how long the secret before stays valid beside the new one, at most 30 days; for
     *     {@code webhook_secret} only
     */
    record Input(
            @Nullable String kind,
            @NotBlank @Size(max = 200) String name,
            @Nullable Map<String, @Nullable String> attributes,
            @Nullable Map<String, @Nullable String> secrets,
            @Nullable Duration overlap) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "Input[kind=" + kind + "]";
        }
    }

    /**
     * Replaces it.
     *
     * @param ifMatch the ETag of the revision that is replaced; null or {@code *}: any
     * @throws ProblemException if there is none, it has changed, or the input is not valid
     */
    CredentialSummary replace(OrgId org, CredentialId id, Input input, @Nullable String ifMatch) {
        CredentialSummary before = store.find(org, id).orElseThrow(() -> ProblemException.notFound("credential"));
        CredentialCheck.Checked checked = check.check(before.kind(), input.attributes(), input.secrets());
        Duration overlap = overlap(before.kind(), input);
        if (input.kind() != null && !input.kind().equals(before.kind())) {
            throw invalid("/kind", "is " + before.kind() + " and stays so: store another credential");
        }
        if (input.secrets() == null && !checked.attributes().equals(before.attributes())) {
            // Else who may not read a secret could have it sent to a host of their own.
            throw invalid("/secrets", "is needed, since attributes change");
        }
        CredentialChange change = new CredentialChange(
                RevisionTag.read(ifMatch),
                input.name(),
                checked.attributes(),
                input.secrets() == null ? null : checked.secrets(),
                overlap);
        return done(change(org, id, change));
    }

    private CredentialChange.Outcome change(OrgId org, CredentialId id, CredentialChange change) {
        try {
            return store.replace(org, id, change);
        } catch (VaultException e) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "The secret before cannot be decrypted: send the new secrets, without overlap.",
                    List.of(),
                    e);
        }
    }

    private static CredentialSummary done(CredentialChange.Outcome outcome) {
        return switch (outcome) {
            case CredentialChange.Outcome.Changed(CredentialSummary summary) -> summary;
            case CredentialChange.Outcome.Missing() -> throw ProblemException.notFound("credential");
            case CredentialChange.Outcome.Conflict(long rev) ->
                throw new ProblemException(
                        Problem.PRECONDITION_FAILED,
                        "Somebody else changed the credential, its ETag is " + RevisionTag.of(rev)
                                + " now: read it again, then repeat your change.");
        };
    }

    private static Duration overlap(String kind, Input input) {
        Duration overlap = input.overlap();
        if (overlap == null) {
            return Duration.ZERO;
        }
        if (!kind.equals(WebhookSecurity.CREDENTIAL_KIND) || input.secrets() == null) {
            throw invalid("/overlap", "is for new secrets of kind " + WebhookSecurity.CREDENTIAL_KIND + " only");
        }
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw invalid("/overlap", "must be from PT0S to P30D");
        }
        return overlap;
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(
                Problem.INVALID_REQUEST, "The credential is not valid.", List.of(new FieldError(pointer, detail)));
    }
}
