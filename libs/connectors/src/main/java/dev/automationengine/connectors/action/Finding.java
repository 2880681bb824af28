package dev.automationengine.connectors.action;

/**
 * Something wrong with a configuration.
 *
 * @param pointer JSON pointer (RFC 6901) to it, from the root of what was checked
 * @param detail what is wrong
 */
public record Finding(String pointer, String detail) {}
