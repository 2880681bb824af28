package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.automationengine.localstack.tls.CertificateAuthority;
import dev.automationengine.localstack.tls.CertificateAuthority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** The gateway in front of services that talk to those alone who have a certificate of their authority. */
@ActiveProfiles("mtls")
@TestPropertySource(properties = {"ENGINE_MANAGEMENT_PORT=0", "engine.openapi.refresh=0s"})
class MutualTlsTest extends GatewayScene {
    private static final CertificateAuthority OURS = CertificateAuthority.under(Path.of("target", "tls"));
    private static final CertificateAuthority ANOTHER = CertificateAuthority.under(Path.of("target", "tls"));
    private static final Issued GATEWAY = OURS.issue("gateway");
    private static final List<String> CLIENTS = new CopyOnWriteArrayList<>();
    private static final HttpsServer SERVICE = service(OURS);
    /** Trusts another authority, and is not trusted. */
    private static final HttpsServer STRANGER = service(ANOTHER);

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry registry) {
        registry.add("ENGINE_TLS_CERTIFICATE", () -> GATEWAY.certificate().toUri());
        registry.add("ENGINE_TLS_KEY", () -> GATEWAY.key().toUri());
        registry.add("ENGINE_TLS_CA", () -> OURS.certificate().toUri());
        registry.add("engine.routes.scheduler", () -> url(SERVICE));
        registry.add("engine.routes.polling", () -> url(STRANGER));
    }

    @AfterAll
    static void stop() {
        SERVICE.stop(0);
        STRANGER.stop(0);
    }

    @Test
    void the_gateway_shows_its_certificate() throws Exception {
        CLIENTS.clear();
        assertStatus(authorized("/v1/schedules", newTenant("Acme").key()).GET(), 200);
        assertThat(CLIENTS).containsExactly("CN=gateway");
    }

    @Test
    void a_service_with_a_certificate_of_another_authority_gets_no_request() throws Exception {
        CLIENTS.clear();
        assertProblem(send(authorized("/v1/polls", newTenant("Acme").key()).GET()), 503, "unavailable");
        assertThat(CLIENTS).isEmpty();
    }

    @Test
    void the_document_of_the_fleet_is_asked_for_in_the_same_way() throws Exception {
        JsonNode document = read(request("/v1/openapi.json").GET());
        assertThat(document.at("/paths").propertyNames()).contains("/v1/schedules");
    }

    private static HttpsServer service(CertificateAuthority authority) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SSLContext context = context(authority, authority.issue("service"));
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters tls = context.getDefaultSSLParameters();
                    tls.setNeedClientAuth(true);
                    parameters.setSSLParameters(tls);
                }
            });
            server.createContext("/", exchange -> {
                try (exchange) {
                    Principal client =
                            ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal();
                    CLIENTS.add(client.getName());
                    byte[] body = "{\"paths\": {\"/v1/schedules\": {\"get\": {\"operationId\": \"list\"}}}}"
                            .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(CertificateAuthority authority, Issued own) {
        PemSslStoreDetails keys = PemSslStoreDetails.forCertificate(
                        own.certificate().toUri().toString())
                .withPrivateKey(own.key().toUri().toString());
        PemSslStoreDetails trusted = PemSslStoreDetails.forCertificate(
                authority.certificate().toUri().toString());
        return SslBundle.of(new PemSslStoreBundle(keys, trusted)).createSslContext();
    }

    private static String url(HttpsServer server) {
        return "https://localhost:" + server.getAddress().getPort();
    }
}
