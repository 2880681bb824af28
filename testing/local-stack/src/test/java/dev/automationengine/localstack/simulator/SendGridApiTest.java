package dev.automationengine.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.simulator.Caller.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridApiTest extends SimulatorTestBase {
    private static final String MAIL = """
            {"personalizations":[{"to":[{"email":"alex@example.com"}]}],"from":{"email":"orders@example.com"},
             "subject":"Hello","content":[{"type":"text/plain","value":"Hi"}]}""";

    private static Reply send(String mail) throws Exception {
        return caller.postJson("/sendgrid/v3/mail/send", "sendgrid-demo-key", mail);
    }

    @Test
    void a_mail_is_taken_with_202_and_no_body() throws Exception {
        Reply reply = send(MAIL);
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.response().body()).isEmpty();
        assertThat(reply.header("X-Message-Id")).isEqualTo("1");
        assertThat(send(MAIL).header("X-Message-Id")).isEqualTo("2");
    }

    @Test
    void the_sandbox_checks_and_sends_nothing() throws Exception {
        assertThat(send(MAIL.replaceFirst("\\{", "{\"mail_settings\":{\"sandbox_mode\":{\"enable\":true}},"))
                        .status())
                .isEqualTo(200);
        assertThat(server.effects().kept(Vendor.SENDGRID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alex@example.com | alex | personalizations.0.to.0.email",
                "orders@example.com | orders | from.email",
                "\"Hello\" | \"\" | subject",
                "\"Hi\" | \"\" | content",
                "[{\"to\":[{\"email\":\"alex@example.com\"}]}] | [] | personalizations",
                "[{\"email\":\"alex@example.com\"}] | [] | personalizations.0.to"
            })
    void a_mail_that_lacks_something_is_refused_and_the_field_named(String text, String instead, String field)
            throws Exception {
        Reply reply = send(MAIL.replace(text, instead));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(server.effects().kept(Vendor.SENDGRID)).isEmpty();
    }

    @Test
    void large_mails_unverified_senders_strangers_and_other_paths_are_refused() throws Exception {
        assertThat(send(MAIL.replace("\"Hi\"", "\"" + "x".repeat(30 * 1024 * 1024) + "\""))
                        .status())
                .isEqualTo(413);
        assertThat(send(MAIL.replace("orders@example.com", "orders@unverified.example"))
                        .status())
                .isEqualTo(403);
        assertThat(caller.postJson("/sendgrid/v3/mail/send", "wrong", MAIL).status())
                .isEqualTo(401);
        assertThat(caller.postJson("/sendgrid/v3/mail", "sendgrid-demo-key", MAIL)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void calls_beyond_the_limit_are_throttled() throws Exception {
        server.callRates().allow(Vendor.SENDGRID, Duration.ofSeconds(1), 1);
        send(MAIL);
        assertThat(send(MAIL).status()).isEqualTo(429);
    }
}
