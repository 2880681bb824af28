package dev.automationengine.connectors.action;

import dev.automationengine.connectors.http.GuardedSockets;
import dev.automationengine.model.execution.ErrorClass;
import dev.automationengine.model.execution.StepError;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** What a failure of SMTP means (RFC 5321, section 4.2.1). Pure. */
final class SmtpErrors {
    private static final int PERMANENT = 500;
    private static final int AUTHENTICATION_REQUIRED = 530;
    private static final String PASSES = "Nothing to do: the engine tries again as the step's retry policy says.";

    private SmtpErrors() {}

    /** There is no connection that could be used: nothing was sent. */
    static ActionResult.Failed unconnected(IOException e, String server) {
        return switch (e) {
            case GuardedSockets.BlockedException blocked ->
                failed(
                        ErrorClass.CONFIGURATION,
                        "blocked",
                        String.valueOf(blocked.getMessage()),
                        server,
                        "Use a public mail server. Private networks can be allowed by the operator"
                                + " (engine.outbound.allowed-networks).",
                        false);
            case SSLException ignored -> insecure(server);
            case UnknownHostException ignored ->
                failed(
                        ErrorClass.OUTAGE,
                        "unresolved",
                        "The name of the mail server is unknown.",
                        server,
                        "If this goes on, check the host name.",
                        false);
            default ->
                failed(ErrorClass.OUTAGE, "no_connection", "The mail server does not answer.", server, PASSES, false);
        };
    }

    /**
     * Something went wrong after the connection stood.
     *
     * @param sending whether the message may have been handed over
     */
    static ActionResult.Failed of(MessagingException e, String server, boolean sending, Redactor redactor) {
        Optional<Integer> code = code(e);
        String said = redactor.mask(String.valueOf(deepest(e).getMessage()).strip());
        if (e instanceof AuthenticationFailedException || code.equals(Optional.of(AUTHENTICATION_REQUIRED))) {
            return failed(
                    ErrorClass.AUTHENTICATION,
                    "smtp_authentication",
                    "The mail server refuses user name or password.",
                    server,
                    "Store a new password (an app password, where the provider asks for one), then redrive.",
                    false);
        }
        if (code.isPresent()) {
            return code.get() >= PERMANENT
                    ? failed(
                            ErrorClass.REJECTED,
                            "smtp_" + code.get(),
                            "The mail server refuses the message: " + said,
                            server,
                            "Correct the addresses, or what the mail server objects to, then redrive.",
                            false)
                    : failed(
                            ErrorClass.OUTAGE,
                            "smtp_" + code.get(),
                            "The mail server asks to come back later: " + said,
                            server,
                            PASSES,
                            false);
        }
        if (caused(e) || String.valueOf(e.getMessage()).contains("STARTTLS")) {
            return insecure(server);
        }
        return failed(
                ErrorClass.OUTAGE,
                "smtp_broken",
                "The connection to the mail server broke.",
                server,
                sending ? "Nobody knows whether the e-mail was sent: see whether it arrived, then decide." : PASSES,
                sending);
    }

    private static ActionResult.Failed insecure(String server) {
        return failed(
                ErrorClass.CONFIGURATION,
                "smtp_tls",
                "There is no secure connection to the mail server.",
                server,
                "Use a mail server that offers TLS with a certificate of its name; security is starttls (587) or tls"
                        + " (465).",
                false);
    }

    private static boolean caused(MessagingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    /** The reply of the server: the last of a chain, since that to a receiver says more than that to all of it. */
    private static Optional<Integer> code(MessagingException e) {
        int code = 0;
        for (Exception next = e; next != null; next = after(next)) {
            int reply = reply(next);
            code = reply > 0 ? reply : code;
        }
        return code > 0 ? Optional.of(code) : Optional.empty();
    }

    private static int reply(Exception e) {
        return switch (e) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
        };
    }

    private static @Nullable Exception after(Exception e) {
        return e instanceof MessagingException chained ? chained.getNextException() : null;
    }

    private static Exception deepest(MessagingException e) {
        Exception last = e;
        while (last instanceof MessagingException chained && chained.getNextException() != null) {
            last = chained.getNextException();
        }
        return last;
    }

    private static ActionResult.Failed failed(
            ErrorClass errorClass,
            String code,
            String message,
            @Nullable String server,
            String advice,
            boolean outcomeUnknown) {
        return new ActionResult.Failed(
                new StepError(errorClass, code, message, null, server, null, advice), outcomeUnknown);
    }
}
