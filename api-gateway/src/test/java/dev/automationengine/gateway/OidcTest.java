package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.automationengine.gateway.access.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Tokens of an OpenID Connect provider, of which one is trusted, one is away and one is unknown. */
class OidcTest extends GatewayScene {
    private static final TestProvider PROVIDER = new TestProvider();
    private static final TestProvider ROTATING = new TestProvider();
    private static final TestProvider FLOODED = new TestProvider();
    private static final TestProvider STRANGER = new TestProvider();
    private static final String CLIENT = "engine";
    private static final String AWAY = "http://127.0.0.1:1";

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        List<Supplier<Object>> issuers = List.of(PROVIDER::issuer, ROTATING::issuer, FLOODED::issuer, () -> AWAY);
        for (int i = 0; i < issuers.size(); i++) {
            registry.add("engine.oidc.issuers[" + i + "].issuer", issuers.get(i));
            registry.add("engine.oidc.issuers[" + i + "].audience", () -> CLIENT);
        }
    }

    @AfterAll
    static void stop() {
        List.of(PROVIDER, ROTATING, FLOODED, STRANGER).forEach(TestProvider::close);
    }

    @Test
    void a_token_of_the_provider_is_the_user_of_its_verified_address() throws Exception {
        Person editor = newMember(newTenant("Acme"), Role.EDITOR);
        String token = token(editor, claims -> claims);
        JsonNode me = read(authorized("/v1/me", token).GET());
        assertThat(me.at("/id").asString()).isEqualTo(idOf(editor));
        assertThat(me.at("/role").asString()).isEqualTo("editor");
        assertStatus(authorized("/v1/workflows", token).GET(), 200);
        assertThat(token(seen(DISPATCHER)).getClaimAsString("org"))
                .isEqualTo(editor.tenant().org());
        assertStatus(authorized("/v1/api-keys", token).GET(), 403);
    }

    @Test
    void each_token_of_the_provider_is_one_sign_in_of_the_audit_log() throws Exception {
        Person editor = newMember(newTenant("Acme"), Role.EDITOR);
        String first = token(editor, claims -> claims.jwtID("1"));
        String second = token(editor, claims -> claims.jwtID("2"));
        for (String token : List.of(first, first, second, first)) {
            assertStatus(authorized("/v1/me", token).GET(), 200);
        }

        List<JsonNode> signIns = read(authorized(
                                "/v1/audit-log", editor.tenant().key())
                        .GET())
                .path("items")
                .valueStream()
                .filter(record -> record.path("method").asString().equals("SIGN_IN"))
                .toList();

        assertThat(signIns).hasSize(2).allSatisfy(record -> {
            assertThat(record.path("path").asString()).isEqualTo(PROVIDER.issuer());
            assertThat(record.path("actor").asString()).isEqualTo(idOf(editor));
            assertThat(record.path("from").asString()).isEqualTo("127.0.0.1");
            assertThat(record.path("status").asInt()).isEqualTo(200);
        });
        assertThat(read(authorized("/v1/audit-log:verify", editor.tenant().key())
                                .GET())
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void the_role_is_the_one_here_whatever_the_token_says() throws Exception {
        Person viewer = newMember(newTenant("Acme"), Role.VIEWER);
        String token = token(
                viewer,
                claims -> claims.claim("role", "owner").claim("org", newOrg()).claim("scope", "workflows:write"));
        assertThat(read(authorized("/v1/me", token).GET()).at("/role").asString())
                .isEqualTo("viewer");
    }

    @Test
    void an_address_that_is_not_verified_is_nobody() throws Exception {
        Person person = newOwner();
        assertRefused(token(person, claims -> claims.claim("email_verified", false)));
        assertRefused(token(person, claims -> claims.claim("email_verified", null)));
        assertRefused(token(person, claims -> claims.claim("email", null)));
    }

    @Test
    void an_address_that_no_user_has_is_nobody() throws Exception {
        assertRefused(token(newOwner(), claims -> claims.claim("email", UUID.randomUUID() + "@example.com")));
    }

    @Test
    void a_token_for_others_or_of_others_or_that_is_over_is_refused() throws Exception {
        Person person = newOwner();
        assertRefused(token(person, claims -> claims.audience("another client")));
        assertRefused(token(person, claims -> claims.issuer(STRANGER.issuer())));
        assertRefused(token(
                person,
                claims -> claims.expirationTime(Date.from(clock.instant().minusSeconds(60)))));
        RSAKey pretender = new RSAKey.Builder(STRANGER.key())
                .keyID(PROVIDER.key().getKeyID())
                .build();
        assertRefused(sign(pretender, claims(person, claims -> claims)));
    }

    @Test
    void a_signature_that_anybody_can_make_is_refused() throws Exception {
        JWTClaimsSet claims = claims(newOwner(), all -> all);
        assertRefused(new PlainJWT(claims).serialize());
        // The public key, which everybody knows, as the secret of a symmetric signature.
        SignedJWT symmetric = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(PROVIDER.key().getKeyID())
                        .build(),
                claims);
        symmetric.sign(new MACSigner(PROVIDER.key().toRSAPublicKey().getEncoded()));
        assertRefused(symmetric.serialize());
    }

    @Test
    void a_new_key_of_the_provider_is_found() throws Exception {
        JWTClaimsSet claims = claims(newOwner(), all -> all.issuer(ROTATING.issuer()));
        String old = sign(ROTATING.key(), claims);
        assertStatus(authorized("/v1/me", old).GET(), 200);
        ROTATING.addKey();
        assertStatus(authorized("/v1/me", sign(ROTATING.key(), claims)).GET(), 200);
        assertStatus(authorized("/v1/me", old).GET(), 200);
    }

    @Test
    void made_up_key_ids_do_not_make_the_gateway_call_the_provider_each_time() throws Exception {
        JWTClaimsSet claims = claims(newOwner(), all -> all.issuer(FLOODED.issuer()));
        for (int i = 0; i < 20; i++) {
            RSAKey unknown =
                    new RSAKey.Builder(STRANGER.key()).keyID("made-up-" + i).build();
            int status = send(authorized("/v1/me", sign(unknown, claims)).GET()).statusCode();
            assertThat(status).isIn(401, 503);
        }
        assertThat(FLOODED.callsForKeys()).isLessThanOrEqualTo(3);
        // What it is known by goes on.
        assertStatus(authorized("/v1/me", sign(FLOODED.key(), claims)).GET(), 200);
    }

    @Test
    void a_provider_that_is_away_gives_503_and_hinders_nobody_else() throws Exception {
        Person person = newOwner();
        HttpResponse<String> answer = send(authorized("/v1/me", token(person, claims -> claims.issuer(AWAY)))
                .GET());
        assertProblem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertStatus(authorized("/v1/me", person.accessToken()).GET(), 200);
        assertStatus(authorized("/v1/me", person.tenant().key()).GET(), 200);
    }

    private void assertRefused(String token) throws Exception {
        assertProblem(send(authorized("/v1/me", token).GET()), 401, "unauthenticated");
    }

    private String newOrg() {
        return "org_" + UUID.randomUUID().toString().replace("-", "");
    }

    private String token(Person person, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return sign(PROVIDER.key(), claims(person, change));
    }

    private JWTClaimsSet claims(Person person, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(PROVIDER.issuer())
                .audience(CLIENT)
                .subject("1234")
                .claim("email", person.email())
                .claim("email_verified", true)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
        return change.apply(claims).build();
    }

    private static String sign(RSAKey key, JWTClaimsSet claims) throws Exception {
        JWSSigner signer = new RSASSASigner(key);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
