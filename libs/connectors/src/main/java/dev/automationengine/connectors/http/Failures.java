package dev.automationengine.connectors.http;

import dev.automationengine.connectors.http.Exchange.Reason;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Tells what an exception of the HTTP client means to the caller: above all whether the request may have arrived. */
final class Failures {
    private Failures() {}

    /** The deadline of the whole exchange has passed. */
    static Exchange.Unanswered late(OutboundRequest request) {
        return failed(
                Reason.TIMEOUT, "no complete answer within " + request.timeout().toMillis() + " ms", true);
    }

    /** What an exception means. */
    static Exchange.Unanswered of(OutboundRequest request, Exception e) {
        String host = request.url().getHost();
        return switch (e) {
            case AnswerReader.AnswerTooLargeException ignored ->
                failed(Reason.TOO_LARGE, String.valueOf(e.getMessage()), true);
            case MessageConstraintException ignored ->
                failed(Reason.TOO_LARGE, "the answer has more or longer headers than the engine reads", true);
            case GuardedDns.BlockedHostException ignored ->
                failed(Reason.BLOCKED, host + " has no address that may be called", false);
            case TimedDns.SlowLookupException ignored ->
                failed(Reason.UNRESOLVED, "the name " + host + " was not resolved in time", false);
            case UnknownHostException ignored -> failed(Reason.UNRESOLVED, "the name " + host + " is unknown", false);
            case ConnectTimeoutException ignored ->
                failed(Reason.NO_CONNECTION, "no connection to " + host + " in time", false);
            case ConnectionRequestTimeoutException ignored ->
                failed(Reason.NO_CONNECTION, "too many calls to " + host + " are under way", false);
            case ConnectException ignored -> failed(Reason.NO_CONNECTION, host + " refuses connections", false);
            case NoRouteToHostException ignored -> failed(Reason.NO_CONNECTION, "no way to " + host, false);
            case SSLHandshakeException ignored ->
                failed(Reason.NO_CONNECTION, "no secure connection to " + host + ": " + e.getMessage(), false);
            case SSLPeerUnverifiedException ignored ->
                failed(Reason.NO_CONNECTION, "no secure connection to " + host + ": " + e.getMessage(), false);
            case InterruptedIOException ignored -> failed(Reason.TIMEOUT, "no answer in time", true);
            default -> failed(Reason.BROKEN, "the connection to " + host + " broke before the answer came", true);
        };
    }

    private static Exchange.Unanswered failed(Reason reason, String detail, boolean sent) {
        return new Exchange.Unanswered(reason, detail, sent, null);
    }
}
