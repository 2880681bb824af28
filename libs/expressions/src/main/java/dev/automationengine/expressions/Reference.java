package dev.automationengine.expressions;

/**
 * A place where a template or condition reads the context, so that a caller can check that it will be there.
 *
 * @param pointer where it is written: a JSON pointer relative to what was compiled
 * @param path what it reads
 */
public record Reference(String pointer, Path path) {}
