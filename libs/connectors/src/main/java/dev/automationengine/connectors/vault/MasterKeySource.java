package dev.automationengine.connectors.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads the entries of {@code engine.vault.master-key}: {@code keyId:base64}, {@code file:PATH} with one such entry a
 * line ({@code #} begins a comment), or {@code transit:NAME} for a key that HashiCorp Vault keeps.
 */
final class MasterKeySource {
    private static final String FILE = "file:";
    private static final String TRANSIT = "transit:";
    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private MasterKeySource() {}

    /**
     * The keys of the settings.
     *
     * @throws IllegalArgumentException if an entry has another form; the message holds nothing of the key
     */
    static MasterKeys read(VaultProperties properties) {
        return MasterKeys.of(properties.masterKey().stream()
                .flatMap(entry ->
                        entry.startsWith(FILE) ? lines(Path.of(entry.substring(FILE.length()))) : Stream.of(entry))
                .map(entry -> key(entry, properties))
                .toList());
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new IllegalArgumentException("engine.vault.master-key: cannot read the file " + file, e);
        }
    }

    private static MasterKey key(String entry, VaultProperties properties) {
        if (entry.startsWith(TRANSIT)) {
            VaultProperties.Transit transit = properties.transit();
            if (transit == null) {
                throw new IllegalArgumentException(
                        "engine.vault.master-key: a transit key needs engine.vault.transit" + ".url and .token-file");
            }
            return new TransitMasterKey(id(entry.substring(TRANSIT.length())), transit);
        }
        int colon = entry.indexOf(':');
        String id = id(colon < 0 ? "" : entry.substring(0, colon));
        return local(id, entry.substring(colon + 1).strip());
    }

    private static String id(String text) {
        String id = text.strip();
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("engine.vault.master-key: expected keyId:base64, file:PATH or"
                    + " transit:NAME, with an id of 1 to 32 letters, digits, '_' or '-'");
        }
        return id;
    }

    private static MasterKey local(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The cause is left out: its message quotes a character of the key.
            throw new IllegalArgumentException("engine.vault.master-key: key " + id + " is not base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "engine.vault.master-key: key " + id + " has " + bytes.length + " bytes, not " + KEY_BYTES);
        }
        return new LocalMasterKey(id, new SecretKeySpec(bytes, "AES"));
    }
}
