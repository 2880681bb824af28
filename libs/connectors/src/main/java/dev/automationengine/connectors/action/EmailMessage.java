package dev.automationengine.connectors.action;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An e-mail of a step. What could begin another header is refused, and addresses are addresses and nothing more. */
final class EmailMessage extends MimeMessage {
    private static final int MOST_RECIPIENTS = 50;
    private static final int LONGEST_BODY = 1_000_000;
    private static final int LONGEST_HEADER = 900;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final String messageId;

    private EmailMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /**
     * The message of a call.
     *
     * @throws InvalidInputException if the input makes none
     */
    static EmailMessage of(Session session, ActionCall call, Instant now) throws MessagingException {
        InternetAddress from = address(call.input().get("from"), "from");
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        EmailMessage message =
                new EmailMessage(session, "<" + hash(call.org() + " " + call.effectKey()) + "@" + domain + ">");
        message.setFrom(from);
        message.recipients(Message.RecipientType.TO, call.input().get("to"), "to");
        message.recipients(Message.RecipientType.CC, call.input().get("cc"), "cc");
        message.recipients(Message.RecipientType.BCC, call.input().get("bcc"), "bcc");
        if (message.getRecipients(Message.RecipientType.TO) == null) {
            throw new InvalidInputException("to is empty");
        }
        if (call.input().get("reply_to") != null) {
            message.setReplyTo(new InternetAddress[] {address(call.input().get("reply_to"), "reply_to")});
        }
        message.setSubject(header(call.input().get("subject"), "subject"), UTF_8);
        message.setSentDate(Date.from(now));
        message.content(call.input().get("text"), call.input().get("html"));
        message.saveChanges();
        return message;
    }

    /** The same over all attempts of a step: whoever gets it twice can tell. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private void recipients(Message.RecipientType type, @Nullable Object value, String field)
            throws MessagingException {
        List<?> all = value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
        if (all.size() > MOST_RECIPIENTS) {
            throw new InvalidInputException(field + " has more than " + MOST_RECIPIENTS + " addresses");
        }
        for (Object each : all) {
            addRecipient(type, address(each, field));
        }
    }

    private void content(@Nullable Object text, @Nullable Object html) throws MessagingException {
        if (text == null && html == null) {
            throw new InvalidInputException("give text, html or both");
        }
        if (html == null) {
            setText(body(text, "text"), UTF_8);
            return;
        }
        MimeMultipart alternatives = new MimeMultipart("alternative");
        if (text != null) {
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(body(text, "text"), UTF_8);
            alternatives.addBodyPart(plain);
        }
        MimeBodyPart page = new MimeBodyPart();
        page.setText(body(html, "html"), UTF_8, "html");
        alternatives.addBodyPart(page);
        setContent(alternatives);
    }

    private static String body(@Nullable Object value, String field) {
        String text = BodyBuilder.text(value, field);
        if (text.length() > LONGEST_BODY) {
            throw new InvalidInputException(field + " is longer than " + LONGEST_BODY + " characters");
        }
        return text;
    }

    private static String header(@Nullable Object value, String field) {
        String text = BodyBuilder.text(value, field);
        if (text.length() > LONGEST_HEADER || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(
                    field + " has a line break or control character, or more than " + LONGEST_HEADER + " characters");
        }
        return text;
    }

    private static InternetAddress address(@Nullable Object value, String field) {
        try {
            // One address each: what a lead typed must not name more receivers.
            InternetAddress[] parsed = InternetAddress.parse(header(value, field), true);
            if (parsed.length != 1
                    || parsed[0].isGroup()
                    || !parsed[0].getAddress().contains("@")) {
                throw new InvalidInputException(field + " must be one e-mail address each");
            }
            parsed[0].validate();
            return parsed[0];
        } catch (AddressException e) {
            throw new InvalidInputException(field + " is no e-mail address");
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
