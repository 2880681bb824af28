package dev.automationengine.connectors.vault;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;

/** A vault as the owner opens it, with settings of the test. */
final class Opened {
    private final MasterKeys keys;
    private final Canary canary;
    private final MongoCredentialVault vault;
    private final CredentialStore store;
    private final ConnectionStore connections;
    private final ConnectionList list;
    private final OrganizationRotation organization;
    private final KeyRotation rotation;

    Opened(MongoOperations mongo, String... masterKeys) {
        this(mongo, InstantSource.system(), null, Duration.ZERO, masterKeys);
    }

    Opened(
            MongoOperations mongo,
            InstantSource clock,
            @Nullable Instant dataKeysBefore,
            Duration dataKeyAge,
            String... masterKeys) {
        VaultProperties.Rotation settings = new VaultProperties.Rotation(
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofSeconds(30),
                dataKeysBefore,
                dataKeyAge,
                Duration.ofHours(24));
        VaultProperties properties = new VaultProperties(
                List.of(masterKeys), true, Duration.ofSeconds(30), 100, Duration.ofSeconds(1), null, settings);
        this.keys = MasterKeySource.read(properties);
        this.canary = new Canary(mongo, keys, true);
        DataKeys dataKeys = new DataKeys(mongo, keys, clock);
        CredentialCodec codec = new CredentialCodec(dataKeys);
        this.vault = new MongoCredentialVault(mongo, codec, canary, new CredentialCache(properties, System::nanoTime));
        this.store = new CredentialStore(mongo, codec, canary, vault, clock);
        this.connections = new ConnectionStore(mongo, codec, canary, vault, clock);
        this.list = new ConnectionList(mongo, clock);
        this.organization = new OrganizationRotation(mongo, dataKeys, codec, keys, settings, clock);
        this.rotation = new KeyRotation(
                dataKeys,
                organization,
                new RotationLedger(mongo, settings.lease(), clock),
                canary,
                keys,
                settings,
                clock,
                new SimpleMeterRegistry());
    }

    MasterKeys keys() {
        return keys;
    }

    Canary canary() {
        return canary;
    }

    MongoCredentialVault read() {
        return vault;
    }

    CredentialStore write() {
        return store;
    }

    ConnectionStore connections() {
        return connections;
    }

    ConnectionList list() {
        return list;
    }

    OrganizationRotation organization() {
        return organization;
    }

    KeyRotation rotation() {
        return rotation;
    }

    /** An entry of the master keys. */
    static String key(String id, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
