package dev.automationengine.systemtests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.automationengine.gateway.access.Role;
import dev.automationengine.gateway.access.Scope;
import dev.automationengine.systemtests.fleet.Fleet;
import dev.automationengine.systemtests.fleet.FleetExtension;
import dev.automationengine.systemtests.fleet.Http;
import dev.automationengine.systemtests.fleet.Tenant;
import dev.automationengine.systemtests.isolation.OperationTable.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks for every operation of the API with another organization's ids: without a token, as a user of each role, and with a
 * key that may do what each role may. Nothing of the other organization is seen or changed.
 */
@ExtendWith(FleetExtension.class)
class TenantIsolationTest {
    private static final String PASSWORD = "a password of 12 or more";

    private final Fleet fleet;

    TenantIsolationTest(Fleet fleet) {
        this.fleet = fleet;
    }

    @Test
    void every_operation_has_a_row_and_every_row_an_operation() {
        assertThat(OperationTable.documented().keySet())
                .as("the table in docs/security.md")
                .containsExactlyInAnyOrderElementsOf(OperationTable.offered(fleet));
    }

    @Test
    void nobody_sees_or_changes_what_belongs_to_another_organization() {
        Victim victim = Victim.in(fleet);
        Tenant stranger = fleet.tenant("Stranger");
        Map<Role, String> keys = keys(stranger);
        Map<Role, String> users = users(stranger);
        Map<String, String> before = victim.everything();
        List<String> wrong = new ArrayList<>();

        TreeMap<String, Row> table = OperationTable.documented();
        // Rows for what is not there are the other test's affair.
        table.keySet().retainAll(OperationTable.offered(fleet));
        table.forEach((operation, row) -> {
            Question question = Question.of(operation, victim);
            Stream.concat(expectations(row, keys, "key").stream(), expectations(row, users, "user").stream())
                    .distinct()
                    .forEach(expected -> {
                        Http.Answer answer = Http.send(
                                question.method(), fleet.api(question.path()), expected.token(), question.body());
                        if (answer.status() != expected.status()) {
                            wrong.add(operation + " as " + expected.who() + ": " + answer.status() + " and not "
                                    + expected.status() + " " + shortened(answer.text()));
                        }
                        if (victim.isIn(operation, answer)) {
                            wrong.add(operation + " as " + expected.who() + " shows the victim's: "
                                    + shortened(answer.text()));
                        }
                    });
        });

        assertThat(wrong).isEmpty();
        assertThat(victim.everything()).isEqualTo(before);
    }

    /** What tokens of one sort are answered. What users alone may do is theirs, and tried by the tests of each. */
    private static List<Expectation> expectations(Row row, Map<Role, String> tokens, String sort) {
        Expectation stranger = new Expectation("nobody", null, 401);
        Expectation refused = new Expectation("owner, " + sort, tokens.get(Role.OWNER), 403);
        return switch (row.least()) {
            case "anybody" -> List.of(new Expectation("nobody", null, row.answer()));
            case "operator" -> List.of(stranger, refused);
            case "user" -> sort.equals("key") ? List.of(stranger, refused) : List.of(stranger);
            default -> {
                Role least = row.least().equals("key")
                        ? Role.VIEWER
                        : Role.valueOf(row.least().toUpperCase(Locale.ROOT));
                List<Expectation> all = new ArrayList<>(List.of(stranger));
                tokens.forEach((role, token) -> all.add(new Expectation(
                        role.label() + ", " + sort, token, role.compareTo(least) < 0 ? 403 : row.answer())));
                yield List.copyOf(all);
            }
        };
    }

    /** A key with what each role may do. */
    private static Map<Role, String> keys(Tenant tenant) {
        Map<Role, String> keys = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            List<String> scopes = role.scopes().stream().map(Scope::label).toList();
            Http.Answer made = tenant.call("POST", "/v1/api-keys", Map.of("name", role.label(), "scopes", scopes));
            keys.put(role, made.body().required("key").asString());
        }
        return keys;
    }

    /** A user of each role, by the way that people come in: invited, and signed in. */
    private Map<Role, String> users(Tenant tenant) {
        Map<Role, String> users = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String email = role.label() + "@" + UUID.randomUUID() + ".example";
            Http.Answer invited = tenant.call("POST", "/v1/invitations", Map.of("email", email, "role", role.label()));
            Map<String, String> accepted = Map.of(
                    "token", invited.body().required("token").asString(),
                    "name", role.label(),
                    "password", PASSWORD);
            Http.Answer signedIn = Http.send("POST", fleet.api("/v1/invitations:accept"), null, accepted);
            assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
            users.put(role, signedIn.body().required("access_token").asString());
        }
        return users;
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(300, text.length()));
    }

    /** What somebody should be answered. */
    private record Expectation(String who, @Nullable String token, int status) {}
}
