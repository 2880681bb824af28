package dev.automationengine.localstack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/**
 * Points a service's context at {@link LocalStack#shared()}, with a MongoDB database of its own, and gives it secrets
 * that are good for tests only. Properties that a test sets itself ({@code @SpringBootTest(properties)},
 * {@code @DynamicPropertySource}) hold against these.
 */
public final class LocalStackInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    /** Secret that webhook signatures are checked with. */
    public static final String META_APP_SECRET = "test-meta-app-secret";
    /** Token of Meta's handshake. */
    public static final String META_VERIFY_TOKEN = "test-meta-verify-token";
    /** Token that may create organizations. */
    public static final String BOOTSTRAP_TOKEN = "test-bootstrap-token-of-the-local-stack";

    /** Where people and machines outside reach the engine, as links say. */
    public static final String PUBLIC_URL = "https://engine.example";

    private static final String INLINED = "Inlined Test Properties";
    private static final String INTERNAL_TOKEN_KEY = "test-internal-token-key-0123456789abcdef";
    private static final String ACCESS_TOKEN_KEY = "test-access-token-key-0123456789abcdef";
    private static final String RESUME_KEY = "test-resume-key-0123456789abcdef0123";
    private static final String MASTER_KEY = "test-1:"
            + Base64.getEncoder()
                    .encodeToString("test-master-key-of-32-bytes-....".getBytes(StandardCharsets.US_ASCII));

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        MapPropertySource source = new MapPropertySource("localStack", properties(LocalStack.shared()));
        MutablePropertySources sources = context.getEnvironment().getPropertySources();
        if (sources.contains(INLINED)) {
            sources.addAfter(INLINED, source);
        } else {
            sources.addFirst(source);
        }
    }

    private static Map<String, Object> properties(LocalStack stack) {
        CompletableFuture<String> redis = CompletableFuture.supplyAsync(stack::redisUrl);
        String database = "test_" + UUID.randomUUID().toString().replace("-", "");
        CompletableFuture<String> mongo = CompletableFuture.supplyAsync(() -> stack.mongoUrl(database));
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.kafka.bootstrap-servers", stack.kafkaBootstrap());
        properties.put("engine.redis.addresses", redis.join());
        properties.put("spring.mongodb.uri", mongo.join());
        properties.put("engine.security.internal-token-keys", INTERNAL_TOKEN_KEY);
        properties.put("engine.login.access-token-keys", ACCESS_TOKEN_KEY);
        properties.put("engine.resume.keys", RESUME_KEY);
        properties.put("engine.public-url", PUBLIC_URL);
        properties.put("engine.vault.master-key", MASTER_KEY);
        properties.put("engine.bootstrap-token", BOOTSTRAP_TOKEN);
        properties.put("engine.meta.app-secrets", META_APP_SECRET);
        properties.put("engine.meta.verify-token", META_VERIFY_TOKEN);
        // The simulators are on this machine.
        properties.put("engine.outbound.allowed-networks", "127.0.0.0/8");
        return Map.copyOf(properties);
    }
}
