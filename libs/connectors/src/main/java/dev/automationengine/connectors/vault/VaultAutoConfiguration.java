package dev.automationengine.connectors.vault;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoOperations;

/** Gives a vault to every service that sets {@code engine.vault.master-key}. */
@AutoConfiguration(afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration")
@ConditionalOnProperty("engine.vault.master-key")
@EnableConfigurationProperties(VaultProperties.class)
class VaultAutoConfiguration {
    @Bean
    MasterKeys vaultMasterKeys(VaultProperties properties) {
        return MasterKeys.parse(properties.masterKey());
    }

    @Bean
    Canary vaultCanary(MongoOperations mongo, MasterKeys masterKeys, VaultProperties properties) {
        return new Canary(mongo, masterKeys, properties.owner());
    }

    @Bean
    CredentialCodec credentialCodec(MongoOperations mongo, MasterKeys masterKeys) {
        return new CredentialCodec(new DataKeys(mongo, masterKeys));
    }

    @Bean
    MongoCredentialVault credentialVault(
            MongoOperations mongo, CredentialCodec codec, Canary canary, VaultProperties properties) {
        return new MongoCredentialVault(mongo, codec, canary, properties);
    }

    @Bean
    @ConditionalOnBooleanProperty("engine.vault.owner")
    CredentialStore credentialStore(
            MongoOperations mongo,
            CredentialCodec codec,
            Canary canary,
            MongoCredentialVault vault,
            ObjectProvider<InstantSource> clock) {
        return new CredentialStore(mongo, codec, canary, vault, clock.getIfAvailable(InstantSource::system));
    }

    /** Its name is the member of the readiness group. */
    @Bean
    VaultCheck vault(Canary canary) {
        return new VaultCheck(canary);
    }
}
