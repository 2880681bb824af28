package dev.automationengine.worker.oauth;

import dev.automationengine.connectors.action.OAuthProvider;
import dev.automationengine.connectors.http.Exchange;
import dev.automationengine.connectors.vault.ConnectionTokens;
import dev.automationengine.model.id.OrgId;
import java.util.List;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/** Asks a third party to take a grant back, a few times if it is away. */
@Component
class RevocationCall {
    /** The grant is over. */
    static final String REVOKED = "revoked";

    private static final int MOST_RETRIES = 3;
    private static final int FACTOR = 3;
    private static final int SUCCESS = 2;
    private static final int CLIENT_ERROR = 4;
    private static final int HUNDRED = 100;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final TokenClient client;
    private final RetryTemplate tries;

    RevocationCall(TokenClient client, OAuthProperties properties) {
        this.client = client;
        this.tries = new RetryTemplate(RetryPolicy.builder()
                .includes(List.of(AwayException.class))
                .delay(properties.revocationPause())
                .multiplier(FACTOR)
                .maxRetries(MOST_RETRIES)
                .build());
    }

    /** It may answer later. */
    private static final class AwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AwayException(String message) {
            super(message);
        }
    }

    /**
     * Asks, by the refresh token where there is one: with it the third party ends the access tokens, too.
     *
     * @return what came of it, a bounded label: {@link #REVOKED}, {@code refused} or {@code unavailable}
     */
    String revoke(OrgId org, OAuthProvider provider, String url, OAuthProperties.App app, ConnectionTokens tokens) {
        String refreshToken = tokens.refreshToken();
        try {
            return tries.invoke(() -> outcome(
                    refreshToken == null
                            ? client.revoke(org, provider, url, app, tokens.accessToken(), "access_token")
                            : client.revoke(org, provider, url, app, refreshToken, "refresh_token")));
        } catch (AwayException e) {
            return "unavailable";
        }
    }

    private static String outcome(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered
            when answered.status() / HUNDRED == SUCCESS -> TokenAnswers.saysError(answered) ? "refused" : REVOKED;
            case Exchange.Answered answered when isFinal(answered.status()) -> "refused";
            case Exchange.Answered answered -> throw new AwayException("HTTP " + answered.status());
            case Exchange.Unanswered unanswered -> throw new AwayException(unanswered.detail());
        };
    }

    private static boolean isFinal(int status) {
        return status / HUNDRED == CLIENT_ERROR && status != REQUEST_TIMEOUT && status != TOO_MANY;
    }
}
