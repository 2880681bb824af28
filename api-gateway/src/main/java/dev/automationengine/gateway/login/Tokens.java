package dev.automationengine.gateway.login;

/**
 * What a client gets when a user has signed in.
 *
 * @param accessToken to be sent as {@code Authorization: Bearer ...}
 * @param tokenType always {@code Bearer}
 * @param expiresIn seconds until the access token ends
 * @param refreshToken exchanged once, for the next tokens; using it twice ends the session
 */
public record Tokens(String accessToken, String tokenType, long expiresIn, String refreshToken) {
    @Override
    public String toString() {
        return "Tokens[***]";
    }
}
