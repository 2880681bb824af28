package dev.automationengine.localstack.fleet;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The secrets of a local engine, made up at its first start.
 *
 * @param internalTokenKey signs the tokens between gateway and services
 * @param accessTokenKey signs the access tokens of users
 * @param resumeKey signs the links that waiting steps are answered with
 * @param masterKey encrypts the organizations' data keys
 * @param bootstrapToken may create organizations
 * @param ownerPassword the owner of the demo organization signs in with it
 * @param metaAppSecret Meta signs webhooks with it
 * @param metaVerifyToken Meta's handshake shows it
 */
public record Secrets(
        String internalTokenKey,
        String accessTokenKey,
        String resumeKey,
        String masterKey,
        String bootstrapToken,
        String ownerPassword,
        String metaAppSecret,
        String metaVerifyToken) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Reads the file, or writes a new one that only its owner can read. */
    static Secrets loadOrCreate(Path file) {
        Properties stored = new Properties();
        try {
            if (Files.exists(file)) {
                stored.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the secrets in " + file, e);
        }
        Map<String, String> values = new TreeMap<>(Map.of(
                "internal_token_key", random(Base64.getUrlEncoder().withoutPadding()),
                "access_token_key", random(Base64.getUrlEncoder().withoutPadding()),
                "resume_key", random(Base64.getUrlEncoder().withoutPadding()),
                "master_key", "local-1:" + random(Base64.getEncoder()),
                "bootstrap_token", random(Base64.getUrlEncoder().withoutPadding()),
                "owner_password", random(Base64.getUrlEncoder().withoutPadding()),
                "meta_app_secret", random(Base64.getUrlEncoder().withoutPadding()),
                "meta_verify_token", random(Base64.getUrlEncoder().withoutPadding())));
        values.replaceAll((name, fresh) -> stored.getProperty(name, fresh));
        if (!stored.stringPropertyNames().equals(values.keySet())) {
            StateFiles.write(
                    file,
                    values.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
        return new Secrets(
                values.getOrDefault("internal_token_key", ""),
                values.getOrDefault("access_token_key", ""),
                values.getOrDefault("resume_key", ""),
                values.getOrDefault("master_key", ""),
                values.getOrDefault("bootstrap_token", ""),
                values.getOrDefault("owner_password", ""),
                values.getOrDefault("meta_app_secret", ""),
                values.getOrDefault("meta_verify_token", ""));
    }

    @Override
    public String toString() {
        return "Secrets[masked]";
    }

    private static String random(Base64.Encoder encoder) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return encoder.encodeToString(bytes);
    }
}
