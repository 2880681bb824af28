package dev.automationengine.localstack.fleet;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java program ready to run: copied out of the build's way, so that a build does not pull jars from under it.
 *
 * @param key changes with the program's content
 * @param aotCache where its AOT cache is, or will be once it was trained
 * @param arguments class path and main class, or jar
 */
record Program(String key, Path aotCache, List<String> arguments) {
    Program {
        arguments = List.copyOf(arguments);
    }
}
