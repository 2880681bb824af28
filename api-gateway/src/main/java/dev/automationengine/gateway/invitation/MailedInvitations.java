package dev.automationengine.gateway.invitation;

import dev.automationengine.gateway.user.EmailAddress;
import dev.automationengine.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Sends invitations by e-mail, where a mail server is configured. */
@Component
@ConditionalOnProperty("spring.mail.host")
class MailedInvitations implements InvitationPost {
    private static final Logger log = LoggerFactory.getLogger(MailedInvitations.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final JavaMailSender mail;
    private final InvitationProperties properties;
    private final MeterRegistry meters;

    MailedInvitations(JavaMailSender mail, InvitationProperties properties, MeterRegistry meters) {
        if (properties.sender().isEmpty()) {
            throw new IllegalArgumentException(
                    "engine.invitations.sender (ENGINE_MAIL_SENDER): mails need the address that they come from");
        }
        this.mail = mail;
        this.properties = properties;
        this.meters = meters;
    }

    @Override
    public void send(EmailAddress to, String organization, String token, Instant until) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setFrom(properties.sender());
        message.setTo(to.value());
        // What people write must not make a second header.
        message.setSubject("You are invited to " + organization.replaceAll("\\p{Cntrl}", " "));
        message.setText("You are invited to " + organization + " on the Automation Engine, until " + until + ".\n\n"
                + "Accept with this token, once:\n\n" + token + "\n\n"
                + "If you do not know what this is about, do nothing.\n");
        try {
            mail.send(message);
        } catch (MailException e) {
            meters.counter("engine.gateway.mail.failed").increment();
            log.warn("An invitation could not be sent ({})", e.getClass().getSimpleName());
            throw ProblemException.unavailable(
                    "The mail server does not take mails now. Try again.", RETRY_AFTER, null);
        }
    }
}
