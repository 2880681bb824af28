package dev.automationengine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.automationengine.kit.security.InternalTokens;
import dev.automationengine.localstack.tls.CertificateAuthority;
import dev.automationengine.localstack.tls.CertificateAuthority.Issued;
import dev.automationengine.model.id.OrgId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with the profile {@code mtls}: it talks to those alone who have a certificate of its authority. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:engine-defaults.yml",
            "spring.application.name=kit-tls-test",
            "spring.kafka.bootstrap-servers=localhost:1",
            "spring.mongodb.uri=mongodb://localhost:1/none",
            "engine.redis.addresses=redis://localhost:1",
            "engine.topics.owner=TRIGGER",
            "engine.security.internal-token-keys=a-key-of-at-least-32-characters-for-tests",
            "ENGINE_MANAGEMENT_PORT=0"
        })
@ActiveProfiles("mtls")
class MutualTlsTest {
    private static final CertificateAuthority OURS = CertificateAuthority.under(Path.of("target", "tls"));
    private static final CertificateAuthority ANOTHER = CertificateAuthority.under(Path.of("target", "tls"));

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Autowired
    private InternalTokens tokens;

    @DynamicPropertySource
    static void certificates(DynamicPropertyRegistry registry) {
        Issued server = OURS.issue("server");
        registry.add("ENGINE_TLS_CERTIFICATE", () -> server.certificate().toUri());
        registry.add("ENGINE_TLS_KEY", () -> server.key().toUri());
        registry.add("ENGINE_TLS_CA", () -> OURS.certificate().toUri());
    }

    @Test
    void a_client_with_a_certificate_still_needs_a_token() throws Exception {
        HttpClient client = client(OURS.issue("gateway"));
        assertThat(status(client, "/org", null)).isEqualTo(401);
        String token = tokens.mint("key_1", OrgId.random(), InternalTokens.SCOPE_API);
        assertThat(status(client, "/org", token)).isEqualTo(200);
    }

    @Test
    void a_client_without_a_certificate_is_refused_whatever_token_it_has() {
        String token = tokens.mint("key_1", OrgId.random(), InternalTokens.SCOPE_API);
        assertThatThrownBy(() -> status(client(null), "/org", token)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status(client(null), "/livez", null)).isInstanceOf(IOException.class);
    }

    @Test
    void a_client_with_a_certificate_of_another_authority_is_refused() {
        Issued stranger = ANOTHER.issue("gateway");
        String token = tokens.mint("key_1", OrgId.random(), InternalTokens.SCOPE_API);
        assertThatThrownBy(() -> status(client(stranger), "/org", token)).isInstanceOf(IOException.class);
    }

    @Test
    void probes_and_metrics_need_no_certificate_on_their_own_port_and_nothing_else_is_there() throws Exception {
        HttpClient plain = HttpClient.newHttpClient();
        String base = "http://localhost:" + managementPort;
        assertThat(plain.send(get(base + "/actuator/health/liveness").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(plain.send(get(base + "/actuator/prometheus").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(plain.send(get(base + "/org").build(), BodyHandlers.ofString())
                        .statusCode())
                .isIn(401, 404);
    }

    /** What the alerts of deploy/prometheus/rules/certificates.yml go by. */
    @Test
    void metrics_tell_how_long_the_certificates_of_the_service_and_of_the_authority_live() throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        get("http://localhost:" + managementPort + "/actuator/prometheus")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(metrics.lines().filter(line -> line.startsWith("ssl_chain_expiry_seconds{")))
                .anySatisfy(line -> {
                    assertThat(line).contains("bundle=\"internal\"");
                    double seconds = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                    assertThat(seconds).isPositive();
                });
    }

    private int status(HttpClient client, String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = get("https://localhost:" + port + path);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private static HttpRequest.Builder get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri));
    }

    private static HttpClient client(@Nullable Issued certificate) {
        PemSslStoreDetails trusted =
                PemSslStoreDetails.forCertificate(OURS.certificate().toUri().toString());
        PemSslStoreDetails own = certificate == null
                ? null
                : PemSslStoreDetails.forCertificate(
                                certificate.certificate().toUri().toString())
                        .withPrivateKey(certificate.key().toUri().toString());
        return HttpClient.newBuilder()
                .sslContext(SslBundle.of(new PemSslStoreBundle(own, trusted)).createSslContext())
                .build();
    }
}
