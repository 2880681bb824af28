package dev.automationengine.localstack.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path directory;

    @Test
    void secrets_are_made_once_and_only_their_owner_can_read_them() throws IOException {
        Path file = directory.resolve("secrets.properties");
        Secrets first = Secrets.loadOrCreate(file);

        assertThat(Secrets.loadOrCreate(file)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Base64.getDecoder().decode(first.masterKey().substring("local-1:".length())))
                .hasSize(32);
        assertThat(first.toString()).doesNotContain(first.bootstrapToken());
    }

    @Test
    void two_engines_have_different_secrets() {
        assertThat(Secrets.loadOrCreate(directory.resolve("one")))
                .isNotEqualTo(Secrets.loadOrCreate(directory.resolve("other")));
    }

    @Test
    void a_secret_that_is_missing_is_added_and_the_others_stay() throws IOException {
        Path file = directory.resolve("secrets.properties");
        Files.writeString(file, "bootstrap_token=kept\n");

        assertThat(Secrets.loadOrCreate(file).bootstrapToken()).isEqualTo("kept");
        assertThat(Secrets.loadOrCreate(file)).isEqualTo(Secrets.loadOrCreate(file));
    }
}
