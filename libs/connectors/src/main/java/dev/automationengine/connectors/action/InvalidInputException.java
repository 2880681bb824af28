package dev.automationengine.connectors.action;

/** The input of a step cannot be made into a request. The message is for the author of the workflow. */
final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidInputException(String message) {
        super(message);
    }
}
