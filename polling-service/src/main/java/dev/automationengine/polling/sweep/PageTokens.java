package dev.automationengine.polling.sweep;

import dev.automationengine.connectors.vault.AmbiguousCredentialException;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.connectors.vault.CredentialVault;
import dev.automationengine.connectors.vault.VaultException;
import dev.automationengine.polling.subscription.FormSubscription;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the token that an organization reads a form with: always one of its own. */
@Component
class PageTokens {
    private static final String CREDENTIAL_KIND = "meta_page";
    private static final String TOKEN = "access_token";

    private final CredentialVault vault;

    PageTokens(CredentialVault vault) {
        this.vault = vault;
    }

    /** A token, or why there is none. */
    sealed interface Found {
        /** The token. */
        record Token(String value) implements Found {
            /** Without the token. */
            @Override
            public String toString() {
                return "Token[***]";
            }
        }

        /** There is none that could be used; the code says why. */
        record Missing(String code) implements Found {}
    }

    Found find(FormSubscription form) {
        try {
            return credential(form)
                    .map(credential -> credential.secrets().get(TOKEN))
                    .<Found>map(Found.Token::new)
                    .orElse(new Found.Missing("credential_missing"));
        } catch (AmbiguousCredentialException e) {
            return new Found.Missing("credential_ambiguous");
        } catch (VaultException e) {
            return new Found.Missing("credential_unreadable");
        }
    }

    private Optional<Credential> credential(FormSubscription form) {
        if (form.credentialId() != null) {
            return vault.find(form.org(), form.credentialId());
        }
        Map<String, String> page = form.pageId() == null ? Map.of() : Map.of("page_id", form.pageId());
        return vault.findOnly(form.org(), CREDENTIAL_KIND, page);
    }
}
