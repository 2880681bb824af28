package dev.automationengine.trigger.meta.app;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The subscription of the app itself.
 *
 * @param appId Meta's id of the app; empty: its subscription is not managed
 * @param callbackUrl where Meta sends webhooks to, as it is reached from outside: https, path {@code /webhooks/meta}; null:
 *     the app's subscription is not managed
 * @param appCheck pause between two looks at it
 * @param appRetry the same while it is not as it should be
 */
@Validated
@ConfigurationProperties("engine.meta")
record AppProperties(
        @DefaultValue("") @Pattern(regexp = "[0-9]{0,32}") String appId,
        @Nullable URI callbackUrl,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration appCheck,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration appRetry) {
    /** Meta would refuse anything else, an hour later and with less words. */
    @AssertTrue(message = "engine.meta.callback-url (ENGINE_META_CALLBACK_URL) is no absolute http or https URL")
    boolean isCallbackUrlAbsolute() {
        return callbackUrl == null
                || callbackUrl.toString().isEmpty()
                || callbackUrl.getHost() != null
                        && ("https".equals(callbackUrl.getScheme()) || "http".equals(callbackUrl.getScheme()));
    }

    /** Whether the operator wants the app's subscription to be managed. */
    boolean managed() {
        return !appId.isEmpty()
                && callbackUrl != null
                && !callbackUrl.toString().isEmpty();
    }
}
