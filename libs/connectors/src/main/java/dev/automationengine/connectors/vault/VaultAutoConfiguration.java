package dev.automationengine.connectors.vault;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

/** Gives a vault to every service that sets {@code engine.vault.master-key}. */
@AutoConfiguration(afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration")
@ConditionalOnProperty("engine.vault.master-key")
@EnableConfigurationProperties(VaultProperties.class)
class VaultAutoConfiguration {
    @Bean
    MasterKeys vaultMasterKeys(VaultProperties properties) {
        return MasterKeySource.read(properties);
    }

    @Bean
    Canary vaultCanary(MongoOperations mongo, MasterKeys masterKeys, VaultProperties properties) {
        return new Canary(mongo, masterKeys, properties.owner());
    }

    @Bean
    DataKeys vaultDataKeys(MongoOperations mongo, MasterKeys masterKeys, ObjectProvider<InstantSource> clock) {
        return new DataKeys(mongo, masterKeys, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    CredentialCodec credentialCodec(DataKeys dataKeys) {
        return new CredentialCodec(dataKeys);
    }

    @Bean
    MongoCredentialVault credentialVault(
            MongoOperations mongo, CredentialCodec codec, Canary canary, VaultProperties properties) {
        return new MongoCredentialVault(mongo, codec, canary, new CredentialCache(properties, System::nanoTime));
    }

    @Bean
    Repeating credentialChanges(MongoCredentialVault vault, VaultProperties properties) {
        return new Repeating("credential-changes", properties.checkEvery(), vault::refresh);
    }

    /** Its name is the member of the readiness group. */
    @Bean
    VaultCheck vault(Canary canary) {
        return new VaultCheck(canary);
    }

    @Bean
    RefreshRequests refreshRequests(MongoOperations mongo, ObjectProvider<InstantSource> clock) {
        return new RefreshRequests(mongo, clock.getIfAvailable(InstantSource::system));
    }

    /** What only the service that owns the collections has. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("engine.vault.owner")
    static class Owner {
        @Bean
        CredentialStore credentialStore(
                MongoOperations mongo,
                CredentialCodec codec,
                Canary canary,
                MongoCredentialVault vault,
                ObjectProvider<InstantSource> clock) {
            return new CredentialStore(mongo, codec, canary, vault, clock.getIfAvailable(InstantSource::system));
        }

        @Bean
        ConnectionStore connectionStore(
                MongoOperations mongo,
                CredentialCodec codec,
                Canary canary,
                MongoCredentialVault vault,
                ObjectProvider<InstantSource> clock) {
            return new ConnectionStore(mongo, codec, canary, vault, clock.getIfAvailable(InstantSource::system));
        }

        @Bean
        ConnectionList connectionList(MongoOperations mongo, ObjectProvider<InstantSource> clock) {
            return new ConnectionList(mongo, clock.getIfAvailable(InstantSource::system));
        }

        @Bean
        AuthorizationStore authorizationStore(
                MongoOperations mongo, CredentialCodec codec, Canary canary, ObjectProvider<InstantSource> clock) {
            return new AuthorizationStore(mongo, codec, canary, clock.getIfAvailable(InstantSource::system));
        }

        @Bean
        KeyRotation keyRotation(
                MongoOperations mongo,
                DataKeys dataKeys,
                CredentialCodec codec,
                Canary canary,
                MasterKeys masterKeys,
                VaultProperties properties,
                ObjectProvider<InstantSource> clocks,
                MeterRegistry meters) {
            InstantSource clock = clocks.getIfAvailable(InstantSource::system);
            VaultProperties.Rotation settings = properties.rotation();
            return new KeyRotation(
                    dataKeys,
                    new OrganizationRotation(mongo, dataKeys, codec, masterKeys, settings, clock),
                    new RotationLedger(mongo, settings.lease(), clock),
                    canary,
                    masterKeys,
                    settings,
                    clock,
                    meters);
        }

        @Bean
        Repeating keyRotationTask(KeyRotation rotation, VaultProperties properties) {
            return new Repeating("key-rotation", properties.rotation().every(), rotation::run);
        }

        @Bean
        RotationHealth vaultRotation(KeyRotation rotation) {
            return new RotationHealth(rotation);
        }
    }
}
