package dev.automationengine.connectors.action;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key file of a Google service account. Its {@code token_uri} is not followed: whoever stores a key does not choose
 * where it is sent.
 *
 * @param email the account's address, which people share their documents with
 * @param keyId what Google knows the key by
 * @param key the private key
 */
record ServiceAccountKey(String email, String keyId, PrivateKey key) {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * Reads a key file.
     *
     * @throws InvalidInputException if it is none; the message quotes nothing of it
     */
    static ServiceAccountKey parse(String file) {
        try {
            JsonNode json = JSON.readTree(file);
            String pem = json.path("private_key").asString("").replaceAll("-----[A-Z ]+-----|\\s", "");
            String email = json.path("client_email").asString("");
            if (!"service_account".equals(json.path("type").asString("")) || pem.isEmpty() || email.isEmpty()) {
                throw new InvalidInputException(
                        "the credential's service_account_key is no key file of a service account");
            }
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            return new ServiceAccountKey(email, json.path("private_key_id").asString(""), key);
        } catch (JacksonException | GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidInputException("the credential's service_account_key cannot be read");
        }
    }

    /**
     * What the account asks for a token with (RFC 7523, section 2.1).
     *
     * @param audience the token URL
     */
    String assertion(String audience, String scope, Instant now) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(keyId)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(email)
                        .audience(audience)
                        .claim("scope", scope)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build());
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new InvalidInputException("the credential's service_account_key cannot sign");
        }
        return jwt.serialize();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServiceAccountKey[" + keyId + "]";
    }
}
