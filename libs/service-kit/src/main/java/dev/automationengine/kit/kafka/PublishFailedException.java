package dev.automationengine.kit.kafka;

/** Kafka did not confirm a fact in time: what depends on it must not be acknowledged. */
public final class PublishFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
