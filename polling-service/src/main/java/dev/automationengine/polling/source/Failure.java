package dev.automationengine.polling.source;

import dev.automationengine.connectors.action.PollAnswer;
import dev.automationengine.model.execution.ErrorClass;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a look failed.
 *
 * @param reason the kind of failure, a metric's label
 * @param code a short name without personal data
 * @param advice what people may do; null: nothing
 * @param retryAfter earliest time of another look, as the third party wishes; null if it said nothing
 * @param connectionWide whether that holds for all that is sent with the credential
 */
record Failure(
        String reason,
        String code,
        @Nullable String advice,
        @Nullable Duration retryAfter,
        boolean connectionWide) {
    static Failure of(PollAnswer.Failed failed) {
        return new Failure(
                failed.error().errorClass().name().toLowerCase(Locale.ROOT),
                failed.error().code(),
                failed.error().advice(),
                failed.retryAfter(),
                failed.connectionWide());
    }

    static Failure configuration(String code, String advice) {
        return of(ErrorClass.CONFIGURATION, code, advice);
    }

    static Failure authentication(String code, String advice) {
        return of(ErrorClass.AUTHENTICATION, code, advice);
    }

    private static Failure of(ErrorClass errorClass, String code, String advice) {
        return new Failure(errorClass.name().toLowerCase(Locale.ROOT), code, advice, null, false);
    }

    static Failure ofOurs(String reason) {
        return new Failure(reason, reason, null, null, false);
    }
}
