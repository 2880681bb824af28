package dev.automationengine.systemtests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.AccessTable;
import dev.automationengine.gateway.access.Requirement;
import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.access.Scope;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Holds the gateway's access table against the routes of all services, as their controllers declare them. */
class AccessTableTest {
    private static final String SERVICES = "dev.automationengine";
    /** What anybody may ask for; a route that becomes public must be added here by hand. */
    private static final Set<String> OPEN = Set.of(
            "POST /v1/auth/login",
            "POST /v1/auth/refresh",
            "POST /v1/auth/logout",
            "POST /v1/invitations:accept",
            "POST /v1/setup",
            "GET /v1/openapi.json",
            "GET /v1/openapi.yaml",
            "GET /oauth/callback",
            "GET /webhooks/meta",
            "POST /webhooks/meta",
            "POST /webhooks/x/x",
            "GET /webhooks/resume/x",
            "POST /webhooks/resume/x");

    /** A request for each route of each service. */
    static Stream<Route> routes() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Stream.Builder<Route> all = Stream.builder();
        for (var found : scanner.findCandidateComponents(SERVICES)) {
            Class<?> controller = Class.forName(String.valueOf(found.getBeanClassName()));
            // The simulators are third parties: nobody reaches them through the gateway.
            if (!controller.getPackageName().contains(".localstack.")) {
                Arrays.stream(controller.getDeclaredMethods())
                        .flatMap(method -> routesOf(controller, method))
                        .forEach(all);
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_has_a_row(Route route) {
        assertThat(route.requirement()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_viewer_only_reads(Route route) {
        if (route.requirement().orElseThrow() instanceof Requirement.Needs(Scope scope)
                && Role.VIEWER.scopes().contains(scope)) {
            assertThat(route.method()).isEqualTo(HttpMethod.GET);
        }
    }

    @Test
    void only_these_routes_are_open() throws ClassNotFoundException {
        Set<String> open = new TreeSet<>();
        routes().filter(route -> route.requirement().orElseThrow() instanceof Requirement.Open)
                .forEach(route -> open.add(route.toString()));
        assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void the_routes_were_found() throws ClassNotFoundException {
        assertThat(routes().map(Route::toString))
                .hasSizeGreaterThan(60)
                .contains("POST /v1/workflows/x:run", "DELETE /v1/credentials/x", "GET /v1/executions/x/events");
    }

    private static Stream<Route> routesOf(Class<?> controller, Method method) {
        RequestMapping own = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (own == null) {
            return Stream.empty();
        }
        RequestMapping shared = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        String[] bases = shared == null || shared.path().length == 0 ? new String[] {""} : shared.path();
        String[] paths = own.path().length == 0 ? new String[] {""} : own.path();
        return Arrays.stream(bases)
                .flatMap(base -> Arrays.stream(paths)
                        .flatMap(path -> Arrays.stream(own.method())
                                .map(verb ->
                                        new Route(verb.asHttpMethod(), (base + path).replaceAll("\\{[^}]*}", "x")))));
    }

    /**
     * A request for a route.
     *
     * @param method its method
     * @param path its path, with {@code x} for what is variable
     */
    record Route(HttpMethod method, String path) {
        Optional<Requirement> requirement() {
            return AccessTable.requirement(method, path);
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
