package dev.automationengine.localstack.simulator;

import java.util.Map;

/**
 * A throttled answer: the error code names the bucket, the headers tell how full it is in percent.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/overview/rate-limiting">Meta: rate limits</a>
 */
final class GraphThrottle {
    private static final String APP_USAGE = "{\"call_count\":100,\"total_cputime\":25,\"total_time\":25}";
    /** The time to regain access is in minutes. */
    private static final String BUSINESS_USAGE = "{\"153125381133\":[{\"type\":\"leadgen\",\"call_count\":100,"
            + "\"total_cputime\":20,\"total_time\":20,\"estimated_time_to_regain_access\":1}]}";

    private GraphThrottle() {}

    static Answer answer(int code) {
        return GraphError.of(code, message(code)).answer().plus(headers(code));
    }

    private static String message(int code) {
        return switch (code) {
            case 4 -> "(#4) Application request limit reached";
            case 17 -> "(#17) User request limit reached";
            case 32 -> "(#32) Page request limit reached";
            case 613 -> "(#613) Calls to this api have exceeded the rate limit.";
            case 80005 -> "(#80005) There have been too many leadgen api calls to this Page account.";
            case 130429 -> "(#130429) Rate limit hit";
            case 131056 -> "(#131056) (Business Account, Consumer Account) pair rate limit hit";
            default -> "(#" + code + ") Request limit reached";
        };
    }

    private static Map<String, String> headers(int code) {
        if (code >= 80000 && code <= 80014) {
            return Map.of("X-Business-Use-Case-Usage", BUSINESS_USAGE);
        }
        return code < 80000 ? Map.of("X-App-Usage", APP_USAGE) : Map.of();
    }
}
