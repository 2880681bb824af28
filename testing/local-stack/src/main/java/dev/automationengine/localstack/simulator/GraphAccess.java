package dev.automationengine.localstack.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** Who calls Graph: the token, and the proof that the caller has the app's secret. */
final class GraphAccess {
    private final Tokens tokens;

    GraphAccess(Tokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The token of the call.
     *
     * @throws Refused if there is none, or it is unknown or expired, or a demanded proof is absent or wrong
     */
    String token(Call call) {
        String token = call.bearer()
                .or(() -> call.parameter("access_token"))
                .orElseThrow(() -> GraphError.noToken().refused());
        tokens.deadSubcode(token).ifPresent(subcode -> {
            throw expired(subcode).refused();
        });
        if (!tokens.knownToMeta(token)) {
            throw GraphError.of(190, "Invalid OAuth access token - Cannot parse access token")
                    .refused();
        }
        checkProof(call, token);
        return token;
    }

    private void checkProof(Call call, String token) {
        tokens.appSecret().ifPresent(secret -> {
            String proof = call.parameter("appsecret_proof")
                    .orElseThrow(
                            () -> GraphError.of(100, "API calls from the server require an appsecret_proof argument")
                                    .refused());
            byte[] expected = Hmac.sha256(secret, token.getBytes(UTF_8)).getBytes(UTF_8);
            if (!MessageDigest.isEqual(expected, proof.getBytes(UTF_8))) {
                throw GraphError.of(100, "Invalid appsecret_proof provided in the API argument")
                        .refused();
            }
        });
    }

    private static GraphError expired(int subcode) {
        String reason = switch (subcode) {
            case 460 -> "The session has been invalidated because the user changed their password.";
            case 463 -> "Session has expired.";
            case 467 -> "The session is invalid because the user logged out.";
            default -> "The session is invalid.";
        };
        return GraphError.of(190, "Error validating access token: " + reason).subcode(subcode);
    }
}
