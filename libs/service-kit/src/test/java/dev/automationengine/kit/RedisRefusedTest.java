package dev.automationengine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.localstack.infrastructure.Ports;
import dev.automationengine.localstack.infrastructure.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** A service as a process of its own, on a Redis that evicts. */
class RedisRefusedTest {
    @Test
    void the_process_ends_with_an_error_code_and_says_what_to_do(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        try (RedisServer redis = RedisServer.start(Ports.free(), Map.of("maxmemory-policy", "allkeys-lru"))) {
            Process service = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Service.class.getName(),
                            "--spring.config.import=classpath:engine-defaults.yml",
                            "--spring.application.name=refused",
                            "--server.port=0",
                            "--spring.kafka.bootstrap-servers=localhost:1",
                            "--spring.mongodb.uri=mongodb://localhost:1/none",
                            "--engine.redis.addresses=" + redis.url(),
                            "--engine.security.internal-token-keys=a-key-of-at-least-32-characters!!"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(service.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
                assertThat(service.exitValue()).isEqualTo(1);
                assertThat(Files.readString(log, StandardCharsets.UTF_8))
                        .contains("has maxmemory-policy allkeys-lru", "Set maxmemory-policy noeviction");
            } finally {
                service.destroyForcibly();
            }
        }
    }

    /** The smallest service that the kit makes, as a program. */
    static final class Service {
        private Service() {}

        /** Starts it. */
        public static void main(String[] args) {
            SpringApplication.run(KitApplication.class, args);
        }
    }
}
