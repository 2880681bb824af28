package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.context.TestPropertySource;

/** Callers that ask too much, as they see it. */
@TestPropertySource(
        properties = {
            "engine.rate-limits.per-key=2",
            "engine.rate-limits.window=1h",
            "engine.rate-limits.plans.business.per-key=7",
            "engine.rate-limits.plans.business.per-organization=8",
            "engine.limiter.timeout=5s"
        })
class RateLimitTest extends GatewayScene {
    @Test
    void each_answer_tells_what_remains_and_one_too_many_gets_429_and_reaches_nobody() throws Exception {
        String key = newTenant("Acme").key();
        HttpResponse<String> first = ask(key);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("RateLimit-Policy"))
                .contains("\"key\";q=2;w=3600, \"organization\";q=6000;w=3600");
        assertThat(first.headers().firstValue("RateLimit"))
                .hasValueSatisfying(limit -> assertThat(limit).startsWith("\"key\";r=1;t="));
        assertThat(ask(key).statusCode()).isEqualTo(200);
        DISPATCHER.reset();

        HttpResponse<String> refused = ask(key);
        assertProblem(refused, 429, "rate-limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3600L);
        assertThat(DISPATCHER.next()).isNull();
        assertThat(ask(newTenant("Other").key()).statusCode()).isEqualTo(200);
    }

    @Test
    void replicas_of_the_gateway_hold_one_limit(@Autowired ConfigurableApplicationContext first) throws Exception {
        try (ConfigurableApplicationContext second = replicaOf(first)) {
            String key = newTenant("Acme").key();
            awaitRedis(first);
            awaitRedis(second);
            assertThat(ask(key).statusCode()).isEqualTo(200);
            assertThat(ask(second, key).statusCode()).isEqualTo(200);
            assertProblem(ask(key), 429, "rate-limited");
            assertProblem(ask(second, key), 429, "rate-limited");
        }
    }

    @Test
    void a_plan_may_have_limits_of_its_own(@Autowired MongoTemplate mongo) throws Exception {
        Tenant tenant = newTenant("Acme");
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(tenant.org())),
                Update.update("plan", "BUSINESS"),
                "organizations");
        for (int remaining = 6; remaining >= 0; remaining--) {
            assertThat(ask(tenant.key()).headers().firstValue("RateLimit").orElseThrow())
                    .startsWith("\"key\";r=" + remaining);
        }
        assertProblem(ask(tenant.key()), 429, "rate-limited");
    }

    @Test
    void webhooks_are_not_limited() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer =
                    send(authorized("/webhooks/meta", "anything").GET());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        }
    }

    private HttpResponse<String> ask(String key) throws Exception {
        return send(authorized("/v1/workflows", key).GET());
    }

    private HttpResponse<String> ask(ConfigurableApplicationContext replica, String key) throws Exception {
        String port = replica.getEnvironment().getRequiredProperty("local.server.port");
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/workflows"))
                .header("Authorization", "Bearer " + key));
    }

    /** Another gateway, with the same configuration, on a port of its own. */
    private static ConfigurableApplicationContext replicaOf(ConfigurableApplicationContext other) {
        Stream<String> shared = Stream.of(
                "spring.mongodb.uri",
                "engine.redis.addresses",
                "engine.security.internal-token-keys",
                "engine.login.access-token-keys",
                "engine.bootstrap-token",
                "engine.routes.dispatcher",
                "engine.rate-limits.per-key",
                "engine.rate-limits.window",
                "engine.limiter.timeout");
        return new SpringApplicationBuilder(GatewayApplication.class)
                .run(Stream.concat(
                                Stream.of("--server.port=0"),
                                shared.map(name -> "--" + name + "="
                                        + other.getEnvironment().getRequiredProperty(name)))
                        .toArray(String[]::new));
    }

    private static void awaitRedis(ConfigurableApplicationContext replica) {
        await().until(() -> replica.getBean(MeterRegistry.class)
                        .get("engine.limiter.redis.away")
                        .gauge()
                        .value()
                == 0);
    }
}
