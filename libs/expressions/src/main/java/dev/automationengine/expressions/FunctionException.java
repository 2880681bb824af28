package dev.automationengine.expressions;

import com.dashjoin.jsonata.JException;

/** A function that cannot do what it was asked; the place is added by who called it. */
final class FunctionException extends JException {
    private static final long serialVersionUID = 1L;

    FunctionException(String reason) {
        super(reason, -1);
    }
}
