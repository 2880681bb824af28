package dev.automationengine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.StubUpstream.Seen;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.user.NewUser;
import dev.automationengine.gateway.user.Users;
import dev.automationengine.localstack.LocalStackInitializer;
import dev.automationengine.model.id.OrgId;
import dev.automationengine.model.id.UserId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway as its callers and the services behind it see it: a real HTTP server, a real database, services that
 * remember what they were sent. All tests of one configuration share it; each makes an organization of its own.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "engine.proxy.max-body=64KB",
            "engine.proxy.response-timeout=1s",
            // Nobody listens there, unless a test says who.
            "engine.routes.polling=http://127.0.0.1:1",
            "engine.routes.scheduler=http://127.0.0.1:1",
            // The tests all come from one address.
            "engine.login.attempts-per-address=10000",
            "engine.api-keys.usage-interval=100ms"
        })
@ContextConfiguration(initializers = LocalStackInitializer.class)
@Import(MovableClock.class)
abstract class GatewayScene {
    static final StubUpstream TRIGGER = new StubUpstream();
    static final StubUpstream DISPATCHER = new StubUpstream();
    static final StubUpstream LOGGING = new StubUpstream();
    static final int LIMIT = 64 * 1024;
    static final String PASSWORD = "correct horse battery";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private JwtDecoder internalTokens;

    @Autowired
    private Users users;

    @Autowired
    MovableClock clock;

    @Autowired
    JsonMapper json;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        registry.add("engine.routes.trigger", TRIGGER::url);
        registry.add("engine.routes.dispatcher", DISPATCHER::url);
        registry.add("engine.routes.logging", LOGGING::url);
        // Nobody listens there.
        registry.add("engine.routes.worker", () -> "http://127.0.0.1:1");
    }

    @BeforeEach
    void forget() {
        TRIGGER.reset();
        DISPATCHER.reset();
        LOGGING.reset();
        clock.reset();
    }

    Tenant newTenant(String name) throws Exception {
        return tenant(Map.of("name", name));
    }

    /** A new organization whose owner has signed in. */
    Person newOwner() throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        Tenant tenant =
                tenant(Map.of("name", "Acme", "owner", Map.of("email", email, "name", "Olga", "password", PASSWORD)));
        return login(tenant, email, PASSWORD);
    }

    /** A user of this role in the organization, who has signed in. */
    Person newMember(Tenant tenant, Role role) throws Exception {
        String email = UUID.randomUUID() + "@example.com";
        users.create(UserId.random(), new OrgId(tenant.org()), new NewUser(email, "Mia", PASSWORD), role);
        return login(tenant, email, PASSWORD);
    }

    String idOf(Person person) throws Exception {
        return read(authorized("/v1/me", person.accessToken()).GET()).at("/id").asString();
    }

    Person login(Tenant tenant, String email, String password) throws Exception {
        HttpResponse<String> answer = send(post("/v1/auth/login", null, Map.of("email", email, "password", password)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode tokens = json.readTree(answer.body());
        return new Person(
                tenant,
                email,
                tokens.at("/access_token").asString(),
                tokens.at("/refresh_token").asString());
    }

    private Tenant tenant(Map<String, Object> wanted) throws Exception {
        HttpResponse<String> answer = send(post("/v1/organizations", LocalStackInitializer.BOOTSTRAP_TOKEN, wanted));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode body = json.readTree(answer.body());
        return new Tenant(
                body.at("/organization/id").asString(),
                body.at("/api_key/id").asString(),
                body.at("/api_key/key").asString());
    }

    /** A request with a body; without bearer if that is null. */
    HttpRequest.Builder post(String path, @Nullable String bearer, Object body) {
        return write("POST", path, bearer, body);
    }

    /** Gives an organization another plan. */
    void subscribe(Tenant tenant, String plan) throws Exception {
        read(write(
                "PUT",
                "/v1/organizations/" + tenant.org() + "/plan",
                LocalStackInitializer.BOOTSTRAP_TOKEN,
                Map.of("plan", plan)));
    }

    HttpRequest.Builder write(String method, String path, @Nullable String bearer, Object body) {
        HttpRequest.Builder request = bearer == null ? request(path) : authorized(path, bearer);
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    HttpRequest.Builder create(String path, String bearer, String body) {
        return authorized(path, bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder authorized(String path, String bearer) {
        return request(path).header("Authorization", "Bearer " + bearer);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode read(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return json.readTree(answer.body());
    }

    void assertStatus(HttpRequest.Builder request, int status) throws Exception {
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json.readTree(answer.body()).at("/type").asString())
                .isEqualTo("https://automation-engine.dev/problems/" + type);
    }

    Jwt token(Seen seen) {
        return internalTokens.decode(
                String.valueOf(seen.header("Authorization")).substring("Bearer ".length()));
    }

    static Seen seen(StubUpstream service) {
        return Objects.requireNonNull(service.next(), "the service was not called");
    }

    record Tenant(String org, String keyId, String key) {}

    record Person(Tenant tenant, String email, String accessToken, String refreshToken) {}
}
