package dev.automationengine.gateway.access;

import static dev.automationengine.gateway.access.Scope.AUDIT_READ;
import static dev.automationengine.gateway.access.Scope.CREDENTIALS_READ;
import static dev.automationengine.gateway.access.Scope.CREDENTIALS_WRITE;
import static dev.automationengine.gateway.access.Scope.EVENTS_READ;
import static dev.automationengine.gateway.access.Scope.EVENTS_WRITE;
import static dev.automationengine.gateway.access.Scope.EXECUTIONS_READ;
import static dev.automationengine.gateway.access.Scope.EXECUTIONS_WRITE;
import static dev.automationengine.gateway.access.Scope.KEYS_READ;
import static dev.automationengine.gateway.access.Scope.KEYS_WRITE;
import static dev.automationengine.gateway.access.Scope.ORGANIZATION_READ;
import static dev.automationengine.gateway.access.Scope.ORGANIZATION_WRITE;
import static dev.automationengine.gateway.access.Scope.PRIVACY_READ;
import static dev.automationengine.gateway.access.Scope.PRIVACY_WRITE;
import static dev.automationengine.gateway.access.Scope.USERS_READ;
import static dev.automationengine.gateway.access.Scope.USERS_WRITE;
import static dev.automationengine.gateway.access.Scope.WORKFLOWS_READ;
import static dev.automationengine.gateway.access.Scope.WORKFLOWS_WRITE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What every request needs, in one place: of the rows that fit, the first holds. A path that no row names does not exist
 * for anybody, so a new route is closed until it has a row.
 */
public final class AccessTable {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> WRITES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Set<HttpMethod> ALL = Set.of(HttpMethod.values());

    private static final List<Row> ROWS = Stream.of(
                    row(ALL, new Requirement.Open(), "/webhooks/**", "/error"),
                    // Third parties send people back here; the state in the query is what counts.
                    row(READS, new Requirement.Open(), "/oauth/callback"),
                    row(READS, new Requirement.Open(), "/health", "/livez", "/readyz", "/actuator/health/**"),
                    row(READS, new Requirement.Open(), "/actuator/prometheus", "/v3/api-docs/**"),
                    row(READS, new Requirement.Open(), "/v1/openapi.json", "/v1/openapi.yaml"),
                    row(WRITES, new Requirement.Open(), "/v1/auth/login", "/v1/auth/refresh", "/v1/auth/logout"),
                    row(WRITES, new Requirement.Open(), "/v1/invitations:accept", "/v1/setup"),
                    row(WRITES, new Requirement.SignedIn(), "/v1/auth/logout-everywhere", "/v1/me/password"),
                    row(READS, new Requirement.SignedIn(), "/v1/me"),
                    row(WRITES, new Requirement.Operator(), "/v1/organizations", "/v1/organizations/{id}/plan"),
                    reads(
                            ORGANIZATION_READ,
                            "/v1/organizations/current",
                            "/v1/usage",
                            "/v1/schemas/**",
                            "/v1/connectors/**"),
                    writes(ORGANIZATION_WRITE, "/v1/organizations/current"),
                    reads(ORGANIZATION_READ, "/v1/organizations/current/retention"),
                    writes(PRIVACY_WRITE, "/v1/organizations/current/retention"),
                    reads(USERS_READ, "/v1/users/**", "/v1/invitations/**"),
                    writes(USERS_WRITE, "/v1/users/**", "/v1/invitations/**"),
                    reads(KEYS_READ, "/v1/api-keys/**"),
                    writes(KEYS_WRITE, "/v1/api-keys/**"),
                    reads(AUDIT_READ, "/v1/audit-log", "/v1/audit-log:{verb}"),
                    // These act; what else is under /v1/workflows only describes.
                    writes(EXECUTIONS_WRITE, "/v1/workflows/{id}:run", "/v1/workflows/{id}:replay"),
                    writes(EXECUTIONS_WRITE, "/v1/workflows/{id}:test-step"),
                    reads(
                            WORKFLOWS_READ,
                            "/v1/workflows/**",
                            "/v1/workflows:{verb}",
                            "/v1/schedules/**",
                            "/v1/polls/**"),
                    writes(WORKFLOWS_WRITE, "/v1/workflows/**", "/v1/workflows:{verb}", "/v1/schedules/**"),
                    writes(WORKFLOWS_WRITE, "/v1/polls/**"),
                    reads(EXECUTIONS_READ, "/v1/executions/**", "/v1/logs/**", "/v1/dead-letters/**", "/v1/replays/**"),
                    writes(EXECUTIONS_WRITE, "/v1/executions/**", "/v1/dead-letters/**", "/v1/dead-letters:{verb}"),
                    writes(EXECUTIONS_WRITE, "/v1/replays/**"),
                    reads(PRIVACY_READ, "/v1/privacy/**"),
                    writes(PRIVACY_WRITE, "/v1/privacy/**"),
                    reads(EVENTS_READ, "/v1/events/**", "/v1/leads/**"),
                    writes(EVENTS_WRITE, "/v1/events/**"),
                    reads(CREDENTIALS_READ, "/v1/credentials/**", "/v1/connections/**"),
                    writes(CREDENTIALS_WRITE, "/v1/credentials/**", "/v1/connections/**"))
            .flatMap(List::stream)
            .toList();

    private AccessTable() {}

    /**
     * What a request needs; empty if there is no such path for anybody.
     *
     * @param method its method
     * @param path its path, percent-encoded as it was sent, without the query
     */
    public static Optional<Requirement> requirement(HttpMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return ROWS.stream()
                .filter(row -> row.methods().contains(method) && row.path().matches(parsed))
                .findFirst()
                .map(Row::requirement);
    }

    private static List<Row> reads(Scope scope, String... paths) {
        return row(READS, new Requirement.Needs(scope), paths);
    }

    private static List<Row> writes(Scope scope, String... paths) {
        return row(WRITES, new Requirement.Needs(scope), paths);
    }

    private static List<Row> row(Set<HttpMethod> methods, Requirement requirement, String... paths) {
        return Arrays.stream(paths)
                .map(path -> new Row(methods, PathPatternParser.defaultInstance.parse(path), requirement))
                .toList();
    }

    private record Row(Set<HttpMethod> methods, PathPattern path, Requirement requirement) {}
}
