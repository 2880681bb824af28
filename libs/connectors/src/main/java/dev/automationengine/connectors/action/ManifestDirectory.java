package dev.automationengine.connectors.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory of manifests, {@code *.yaml}.
 *
 * @param path where it is
 */
record ManifestDirectory(Path path) {
    private static final String SUFFIX = ".yaml";
    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 1 << 20;

    /**
     * The texts of its manifests by file name, in the order of the names.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws InvalidManifestException if there are too many files, or one is too large
     */
    Map<String, String> read() {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> manifests = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (manifests.size() > MOST_FILES) {
                throw new InvalidManifestException(
                        List.of(new Finding(path.toString(), "has more than " + MOST_FILES + " manifests")));
            }
            Map<String, String> texts = new LinkedHashMap<>();
            for (Path file : manifests) {
                texts.put(file.getFileName().toString(), text(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of connectors cannot be read: " + path, e);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidManifestException(
                    List.of(new Finding(file.getFileName().toString(), "is larger than " + MOST_BYTES + " bytes")));
        }
        return Files.readString(file);
    }
}
