package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What is in a jar, whenever it was packed. */
final class JarContent {
    // Holds the time of the build.
    private static final String BUILD_INFO = "build-info.properties";

    private JarContent() {}

    /** A short key that is equal for equal content; reads the directory of the jar only. */
    static String key(Path jar) {
        CRC32 crc = new CRC32();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().endsWith(BUILD_INFO))
                    .map(JarContent::line)
                    .sorted()
                    .forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + jar, e);
        }
        return String.format("%08x", crc.getValue());
    }

    private static String line(ZipEntry entry) {
        return entry.getName() + " " + entry.getCrc() + " " + entry.getSize() + "\n";
    }
}
