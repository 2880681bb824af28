package dev.automationengine.connectors.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.automationengine.connectors.http.OutboundHttp;
import dev.automationengine.connectors.http.OutboundSettings;
import dev.automationengine.connectors.vault.Credential;
import dev.automationengine.localstack.tls.CertificateAuthority;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.id.CredentialId;
import dev.automationengine.model.id.OrgId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** E-mail to real servers: GreenMail with TLS at once, and one with STARTTLS that answers as the test says. */
class SmtpActionTest {
    private static final String PASSWORD = "mail-password";
    private static final OrgId ORG = OrgId.random();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static SSLContext servers;

    @SuppressWarnings("NullAway.Init")
    private static SSLSocketFactory trusting;

    @BeforeAll
    static void certificates() throws Exception {
        CertificateAuthority authority = CertificateAuthority.under(directory);
        CertificateAuthority.Issued issued = authority.issue("mail");
        PemSslStoreBundle own = new PemSslStoreBundle(
                PemSslStoreDetails.forCertificate("file:" + issued.certificate())
                        .withPrivateKey("file:" + issued.key())
                        .withPassword(PASSWORD),
                null);
        KeyStore keys = java.util.Objects.requireNonNull(own.getKeyStore());
        Path store = directory.resolve("greenmail.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, PASSWORD.toCharArray());
        }
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        servers = SslBundle.of(own, org.springframework.boot.ssl.SslBundleKey.of(PASSWORD))
                .createSslContext();
        trusting = SslBundle.of(new PemSslStoreBundle(
                        null, PemSslStoreDetails.forCertificate("file:" + authority.certificate())))
                .createSslContext()
                .getSocketFactory();
    }

    private static ActionResult send(
            int port, String security, SSLSocketFactory tls, String network, Map<String, @Nullable Object> input) {
        Credential credential = new Credential(
                CredentialId.random(),
                ORG,
                "smtp",
                "Mail",
                Map.of("host", "localhost", "port", Integer.toString(port), "security", security, "username", "joe"),
                Map.of("password", PASSWORD));
        try (OutboundHttp http =
                new OutboundHttp(OutboundSettings.of("allowed-networks", network), new SimpleMeterRegistry())) {
            return new SmtpAction(http.sockets(), tls, InstantSource.system())
                    .run(new ActionCall(
                            ORG, "exec_1:step_2", "SEND_EMAIL", input, credential, Duration.ofSeconds(5), false));
        }
    }

    private static ActionResult starttls(ScriptedMailServer server) {
        return send(server.port(), "starttls", trusting, "127.0.0.0/8", mail());
    }

    private static Map<String, @Nullable Object> mail() {
        return Map.of(
                "from", "Engine <engine@example.com>",
                "to", "ann@example.com",
                "subject", "Grüße",
                "text", "A new lead.",
                "html", "<b>A new lead.</b>");
    }

    private static ActionResult.Failed failed(ActionResult result) {
        assertThat(result).isInstanceOf(ActionResult.Failed.class);
        assertThat(result.toString()).doesNotContain(PASSWORD);
        return (ActionResult.Failed) result;
    }

    @Test
    void an_email_arrives_with_the_message_id_of_its_step() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        greenMail.setUser("ann@example.com", "joe", PASSWORD);
        greenMail.start();
        try {
            int port = greenMail.getSmtps().getPort();
            ActionResult first = send(port, "tls", trusting, "127.0.0.0/8", mail());
            assertThat(send(port, "tls", trusting, "127.0.0.0/8", mail())).isEqualTo(first);
            assertThat(greenMail.getReceivedMessages()).hasSize(2);
            var received = greenMail.getReceivedMessages()[0];
            assertThat(received.getSubject()).isEqualTo("Grüße");
            assertThat(received.getContentType()).startsWith("multipart/alternative");
            assertThat(first)
                    .isEqualTo(new ActionResult.Succeeded(Map.of("message_id", received.getMessageID()), null));

            SSLSocketFactory strangers = (SSLSocketFactory) SSLSocketFactory.getDefault();
            assertThat(failed(send(port, "tls", strangers, "127.0.0.0/8", mail()))
                            .error()
                            .code())
                    .isEqualTo("smtp_tls");
            assertThat(greenMail.getReceivedMessages()).hasSize(2);
        } finally {
            greenMail.stop();
        }
    }

    @Test
    void starttls_comes_before_the_password_and_the_message() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(servers, Map.of())) {
            assertThat(starttls(server)).isInstanceOf(ActionResult.Succeeded.class);
            assertThat(server.said()).contains("RCPT TO:<ann@example.com>", ".");
            assertThat(server.said())
                    .filteredOn(line -> line.startsWith("plain "))
                    .containsExactly("plain EHLO automation-engine.invalid", "plain STARTTLS");
        }
    }

    @Test
    void without_starttls_nothing_is_said() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(null, Map.of())) {
            assertThat(failed(starttls(server)).error().code()).isEqualTo("smtp_tls");
            assertThat(server.said()).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 451 4.7.1 greylisted, OUTAGE, smtp_451",
        "RCPT, 550 5.1.1 no such user, REJECTED, smtp_550",
        "MAIL, 452 4.3.1 full, OUTAGE, smtp_452",
        "., 554 5.6.0 spam, REJECTED, smtp_554",
        "AUTH, 535 5.7.8 no, AUTHENTICATION, smtp_authentication"
    })
    void what_the_server_answers_is_told_apart(String command, String reply, ErrorClass errorClass, String code)
            throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(servers, Map.of(command, reply))) {
            ActionResult.Failed failed = failed(starttls(server));
            assertThat(failed.error().errorClass()).isEqualTo(errorClass);
            assertThat(failed.error().code()).isEqualTo(code);
            assertThat(failed.outcomeUnknown()).isFalse();
        }
    }

    @Test
    void a_connection_that_breaks_after_the_message_leaves_doubt() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(servers, Map.of(".", ""))) {
            assertThat(failed(starttls(server)).outcomeUnknown()).isTrue();
        }
        try (ScriptedMailServer server = new ScriptedMailServer(servers, Map.of("AUTH", ""))) {
            assertThat(failed(starttls(server)).outcomeUnknown()).isFalse();
        }
    }

    @Test
    void a_private_address_is_not_even_connected_to() throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer(servers, Map.of())) {
            ActionResult result = send(server.port(), "starttls", trusting, "10.0.0.0/8", mail());
            assertThat(failed(result).error().code()).isEqualTo("blocked");
            assertThat(server.said()).isEmpty();
        }
    }
}
