package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Invitations where a mail server is configured: the invited alone learns the token. */
@ExtendWith(OutputCaptureExtension.class)
class MailedInvitationTest extends GatewayScene {
    private static final MailServer SERVER = new MailServer();
    private static final Pattern TOKEN = Pattern.compile("inv_[0-9a-z_-]+");

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", SERVER::port);
        registry.add("engine.invitations.sender", () -> "engine@example.com");
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @Test
    void the_token_goes_to_the_invited_and_not_to_who_invites() throws Exception {
        Person owner = newOwner();
        String email = UUID.randomUUID() + "@example.com";
        HttpResponse<String> answer = invite(owner, email);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("inv_");

        String mail = SERVER.mails().getLast();
        assertThat(mail).contains("To: " + email, "From: engine@example.com", "invited to Acme");
        Matcher token = TOKEN.matcher(mail);
        assertThat(token.find()).isTrue();
        JsonNode tokens = read(post(
                "/v1/invitations:accept", null, Map.of("token", token.group(), "name", "Ina", "password", PASSWORD)));
        assertThat(tokens.at("/access_token").isString()).isTrue();
    }

    @Test
    void an_invitation_that_cannot_be_sent_is_none(CapturedOutput output) throws Exception {
        Person owner = newOwner();
        String email = UUID.randomUUID() + "@example.com";
        SERVER.refuse(true);
        try {
            assertProblem(invite(owner, email), 503, "unavailable");
        } finally {
            SERVER.refuse(false);
        }
        assertThat(read(authorized("/v1/invitations", owner.accessToken()).GET())
                        .at("/items"))
                .isEmpty();
        assertThat(output).contains("could not be sent").doesNotContain(email);
    }

    private HttpResponse<String> invite(Person by, String email) throws Exception {
        return send(post("/v1/invitations", by.accessToken(), Map.of("email", email, "role", "viewer")));
    }
}
