package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.GuardedSockets;
import dev.automationengine.connectors.vault.Credential;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * SEND_EMAIL: one e-mail by SMTP, never without TLS. The socket is ours, so that the server's address is checked as those
 * of HTTP calls are; the rest is Jakarta Mail's.
 */
final class SmtpAction implements Action {
    private static final String TLS = "tls";
    private static final String STARTTLS = "starttls";
    private static final int HIGHEST_PORT = 65_535;

    private final GuardedSockets sockets;
    private final SSLSocketFactory tls;
    private final InstantSource clock;

    /**
     * An action.
     *
     * @param tls whose authorities are trusted
     */
    SmtpAction(GuardedSockets sockets, SSLSocketFactory tls, InstantSource clock) {
        this.sockets = sockets;
        this.tls = tls;
        this.clock = clock;
    }

    private record Server(String host, int port, boolean tlsAtOnce, String user, String password) {
        static Server of(@Nullable Credential credential) {
            if (credential == null) {
                throw new InvalidInputException("there is no credential");
            }
            Map<String, String> attributes = credential.attributes();
            String security = attributes.getOrDefault("security", STARTTLS);
            String port = attributes.getOrDefault("port", "");
            if (!security.equals(TLS) && !security.equals(STARTTLS)) {
                throw new InvalidInputException("the credential's security must be starttls or tls");
            }
            if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > HIGHEST_PORT) {
                throw new InvalidInputException("the credential's port is no port");
            }
            return new Server(
                    attributes.getOrDefault("host", ""),
                    Integer.parseInt(port),
                    security.equals(TLS),
                    attributes.getOrDefault("username", ""),
                    credential.secrets().getOrDefault("password", ""));
        }

        String name() {
            return "smtp://" + host + ":" + port;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A server that took a message takes it again, whatever its id. */
    @Override
    public EffectMode effect(Map<String, ? extends @Nullable Object> input) {
        return EffectMode.UNSAFE;
    }

    @Override
    public ActionResult run(ActionCall call) {
        Server server = Server.of(call.credential());
        Session session = session(server, call.timeout());
        Redactor redactor = Redactor.of(call.credential());
        EmailMessage message;
        try {
            message = EmailMessage.of(session, call, clock.instant());
        } catch (MessagingException e) {
            throw new InvalidInputException("the message cannot be written");
        }
        try (Socket socket = connected(server, call.timeout())) {
            // Whatever the server does: the attempt ends in time.
            CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                    () -> closed(socket),
                    CompletableFuture.delayedExecutor(call.timeout().toMillis(), TimeUnit.MILLISECONDS));
            try {
                return sent(session, server, socket, message, redactor);
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException e) {
            return SmtpErrors.unconnected(e, server.name());
        }
    }

    private static ActionResult sent(
            Session session, Server server, Socket socket, EmailMessage message, Redactor redactor) {
        boolean sending = false;
        SMTPTransport transport =
                new SMTPTransport(session, new URLName("smtp", server.host(), server.port(), null, null, null));
        try {
            transport.connect(socket);
            sending = true;
            transport.sendMessage(message, message.getAllRecipients());
            return new ActionResult.Succeeded(Map.of("message_id", message.getMessageID()), null);
        } catch (MessagingException e) {
            return SmtpErrors.of(e, server.name(), sending, redactor);
        } finally {
            closed(socket);
        }
    }

    private Socket connected(Server server, Duration timeout) throws IOException {
        Socket plain = sockets.connect(server.host(), server.port());
        plain.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        if (!server.tlsAtOnce()) {
            return plain;
        }
        SSLSocket secure = (SSLSocket) tls.createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
        } catch (IOException e) {
            closed(secure);
            throw e;
        }
        return secure;
    }

    private Session session(Server server, Duration timeout) {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.user", server.user());
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.localhost", "automation-engine.invalid");
        properties.put("mail.smtp.sendpartial", "false");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!server.tlsAtOnce()));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!server.tlsAtOnce()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password());
            }
        });
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, closed or not.
            return;
        }
    }
}
