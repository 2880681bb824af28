package dev.automationengine.systemtests.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.automationengine.localstack.tls.CertificateAuthority;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import tools.jackson.databind.JsonNode;

/** E-mail from the fleet to a real SMTP server with TLS, whose certificate the fleet's JVMs believe. */
@ExtendWith(FleetExtension.class)
class EmailJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STORE_PASSWORD = "greenmail";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    private final Fleet fleet;
    private final Tenant tenant;
    private final WebhookWorkflows workflows;

    @SuppressWarnings("NullAway.Init")
    private GreenMail mail;

    EmailJourneyTest(Fleet fleet) {
        this.fleet = fleet;
        this.tenant = fleet.tenant("Mail");
        this.workflows = new WebhookWorkflows(fleet, tenant);
    }

    @BeforeEach
    void serve() throws Exception {
        CertificateAuthority.Issued issued = fleet.authority().issue("mail" + System.nanoTime());
        KeyStore keys = Objects.requireNonNull(new PemSslStoreBundle(
                        PemSslStoreDetails.forCertificate("file:" + issued.certificate())
                                .withPrivateKey("file:" + issued.key())
                                .withPassword(STORE_PASSWORD),
                        null)
                .getKeyStore());
        Path store = directory.resolve("greenmail.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, STORE_PASSWORD.toCharArray());
        }
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", STORE_PASSWORD);
        start(0);
    }

    private void start(int port) {
        mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        mail.setUser("joe@example.com", "joe", "mail-password-1");
        mail.start();
    }

    @AfterEach
    void stop() {
        mail.stop();
    }

    private String connection(String password) {
        return tenant.credential(
                "smtp",
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(mail.getSmtps().getPort()),
                        "security", "tls",
                        "username", "joe"),
                Map.of("password", password));
    }

    private String workflow(String path) {
        return workflows.create(path, """
                [{"id": "mail", "type": "ACTION", "action": "SEND_EMAIL",
                  "config": {"from": "Engine <joe@example.com>", "to": "{{ trigger.body.to }}",
                             "subject": "Welcome, {{ trigger.body.name }}", "text": "We call you."},
                  "retry_policy": {"strategy": "fixed", "attempts": 30, "initial_delay": "PT0.5S",
                                   "authentication": {"attempts": 1, "within": "PT1M"}}}]
                """);
    }

    private MimeMessage onlyMessage() {
        return await().atMost(SOON).until(() -> mail.getReceivedMessages(), found -> found.length == 1)[0];
    }

    @Test
    void a_mail_arrives_once_with_the_id_that_its_step_tells() throws Exception {
        connection("mail-password-1");
        String workflow = workflow("welcome");
        workflows.call("welcome", Map.of("to", "ann@example.com", "name", "Ann Grüß"));

        JsonNode done = workflows.awaitExecution(workflow, "completed");

        MimeMessage message = onlyMessage();
        assertThat(message.getSubject()).isEqualTo("Welcome, Ann Grüß");
        assertThat(message.getContent().toString()).contains("We call you.");
        assertThat(message.getMessageID())
                .isEqualTo(done.at("/steps/0/output/message_id").asString());
    }

    @Test
    void a_mail_waits_for_a_server_that_is_away_even_across_the_death_of_the_worker() {
        connection("mail-password-1");
        String workflow = workflow("away");
        int port = mail.getSmtps().getPort();
        mail.stop();
        workflows.call("away", Map.of("to", "ann@example.com", "name", "Ann"));
        await().atMost(SOON)
                .until(() -> tenant.executions(workflow).stream()
                        .map(each -> tenant.execution(each.path("execution_id").asString()))
                        .anyMatch(each -> each.at("/steps/0/attempts").size() >= 1));
        fleet.engine("kill", "worker-service");
        start(port);
        fleet.engine("restart", "worker-service");

        workflows.awaitCompleted(workflow, 1);
        JsonNode done = workflows.awaitExecution(workflow, "completed");

        assertThat(onlyMessage()).isNotNull();
        assertThat(done.at("/steps/0/attempts/0/error/error_class").asString()).isEqualTo("outage");
    }

    @Test
    void a_wrong_password_is_told_and_mended_by_another_one() {
        String credential = connection("mail-password-2");
        String workflow = workflow("password");
        workflows.call("password", Map.of("to", "ann@example.com", "name", "Ann"));
        JsonNode failed = workflows.awaitExecution(workflow, "failed");
        assertThat(failed.at("/error/error_class").asString()).isEqualTo("authentication");
        assertThat(failed.toString()).doesNotContain("mail-password");

        JsonNode stored = tenant.get("/v1/credentials/" + credential).body();
        fleet.planted().plant("mail-password-1");
        assertThat(tenant.call(
                                "PUT",
                                "/v1/credentials/" + credential,
                                Map.of(
                                        "kind",
                                        "smtp",
                                        "name",
                                        "smtp",
                                        "attributes",
                                        stored.path("attributes"),
                                        "secrets",
                                        Map.of("password", "mail-password-1")))
                        .status())
                .isEqualTo(200);
        Http.Answer redriven =
                tenant.call("POST", "/v1/dead-letters:redrive", Map.of("filter", Map.of("workflow_id", workflow)));
        assertThat(redriven.status()).as(redriven.text()).isEqualTo(200);

        workflows.awaitExecution(workflow, "completed");
        assertThat(onlyMessage()).isNotNull();
    }
}
