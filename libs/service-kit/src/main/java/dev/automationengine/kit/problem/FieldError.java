package dev.automationengine.kit.problem;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON pointer into the body, or the name of a parameter
 * @param detail what is wrong and how to mend it
 */
public record FieldError(String pointer, String detail) {}
