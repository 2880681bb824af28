package dev.automationengine.localstack.simulator;

/**
 * A document that somebody put at a path. Putting it again as it is repeats a request and no effect.
 *
 * @param body as it was put last
 * @param puts how often something was put
 * @param changes how often that was another body than before
 */
public record PutDocument(String body, int puts, int changes) {
    static PutDocument first(String body) {
        return new PutDocument(body, 1, 0);
    }

    PutDocument then(String next) {
        return new PutDocument(next, puts + 1, changes + (next.equals(body) ? 0 : 1));
    }
}
