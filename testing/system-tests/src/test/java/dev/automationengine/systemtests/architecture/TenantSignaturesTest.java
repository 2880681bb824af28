package dev.automationengine.systemtests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.automationengine.kit.mongo.Sweep;
import dev.automationengine.model.id.OrgId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who reaches for data of organizations is told which one: nobody can forget it. */
@AnalyzeClasses(
        packages = "dev.automationengine",
        importOptions = {ImportOption.DoNotIncludeTests.class, OnlyOurMainClasses.class})
class TenantSignaturesTest {
    private static final String ROOT = "dev.automationengine.";
    private static final Set<String> DOORS = Set.of(
            "org.springframework.data.mongodb.core.MongoTemplate",
            "org.springframework.data.mongodb.core.MongoOperations",
            "com.mongodb.client.MongoCollection",
            "com.mongodb.client.MongoDatabase",
            "com.mongodb.client.MongoClient");

    /** How far a parameter may carry the organization: an execution's state in a change in a list. */
    private static final int DEPTH = 3;

    /** Classes, or methods, that are told of no organization, and why not. Sweeps are not here: they say it themselves. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("gateway.apikey.ApiKeys.find", "tells which organization a key is of"),
            Map.entry("gateway.apikey.KeyUsage", "knows keys by their ids, in the directory"),
            Map.entry("gateway.login.LoginThrottle", "counts before it is known whether there is such a user"),
            Map.entry("gateway.organization.Organizations.create", "makes the organization"),
            Map.entry("gateway.setup.SetupClaim", "of the first owner, before there is an organization"),
            Map.entry("gateway.user.LoginDirectory", "tells which organization a user is of"),
            Map.entry("gateway.user.Users.any", "the first start makes the first owner"),
            Map.entry("gateway.user.Users.byAddress", "finds the organization in the directory, then the user in it"),
            Map.entry("gateway.user.Users.requireFree", "the same, before there is one"),
            Map.entry("trigger.unrouted.UnroutedLeads", "what arrived for no organization"),
            Map.entry("trigger.event.PersonalEvents.name", "reads nothing"),
            Map.entry("trigger.event.PersonalEvents.payloads", "reads nothing"),
            Map.entry("trigger.event.PersonalEvents.jsonMembers", "reads nothing"),
            Map.entry("dispatcher.deadletter.PersonalDeadLetters.name", "reads nothing"),
            Map.entry("dispatcher.deadletter.PersonalDeadLetters.payloads", "reads nothing"),
            Map.entry("dispatcher.execution.PersonalExecutions.name", "reads nothing"),
            Map.entry("dispatcher.execution.PersonalExecutions.payloads", "reads nothing"),
            Map.entry("logging.executionlog.PersonalExecutionLogs.name", "reads nothing"),
            Map.entry("logging.executionlog.PersonalExecutionLogs.payloads", "reads nothing"),
            Map.entry("trigger.answer.Outcomes.close", "reads nothing"),
            Map.entry(
                    "logging.executionlog.ExecutionLogWriter",
                    "each document has its organization, and replaces its own"),
            Map.entry("polling.lease.LeasedStates.open", "each document has its organization"),
            Map.entry("scheduler.recovery.BeatStore", "numbers about Redis"),
            Map.entry("connectors.vault.Canary", "no organization's: the master key's"),
            Map.entry("connectors.vault.MongoCredentialVault.forget", "reads nothing"),
            Map.entry(
                    "connectors.vault.MongoCredentialVault.refresh", "asks for what is in memory, by its organization"),
            Map.entry("connectors.vault.RotationLedger", "the place of the pass, no organization's"));

    @ArchTest
    static final ArchRule who_reaches_for_data_is_told_the_organization = methods()
            .that()
            .areDeclaredInClassesThat(reachForData())
            .and()
            .areNotPrivate()
            .and(ownNotBeans())
            .should(takeTheOrganization())
            .because("a query without org_id is another tenant's data: take an OrgId (or what has one), use a Sweep, or"
                    + " say here why not");

    @ArchTest
    static void every_exception_is_still_one(JavaClasses classes) {
        Set<String> used = new TreeSet<>();
        classes.stream()
                .filter(reachForData())
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(ownNotBeans())
                .filter(method -> !takesTheOrganization(method))
                .forEach(method -> used.add(exception(method)));
        assertThat(used).containsAll(EXCEPTIONS.keySet());
    }

    private static DescribedPredicate<JavaClass> reachForData() {
        return DescribedPredicate.describe(
                "have a door to MongoDB",
                type -> type.getFields().stream()
                        .anyMatch(field -> DOORS.contains(field.getRawType().getName())));
    }

    private static DescribedPredicate<JavaMethod> ownNotBeans() {
        return DescribedPredicate.describe(
                "are written by hand and make no bean",
                method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getName().startsWith("lambda$")
                        && !method.isAnnotatedWith("org.springframework.context.annotation.Bean"));
    }

    private static ArchCondition<JavaMethod> takeTheOrganization() {
        return new ArchCondition<>("take the organization") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!takesTheOrganization(method) && !EXCEPTIONS.containsKey(exception(method))) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " takes no organization"));
                }
            }
        };
    }

    private static boolean takesTheOrganization(JavaMethod method) {
        boolean sweeps = method.getFieldAccesses().stream()
                .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Sweep.class));
        return sweeps
                || method.getParameterTypes().stream()
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .anyMatch(type -> carriesIt(type, DEPTH));
    }

    private static boolean carriesIt(JavaClass type, int depth) {
        boolean tells = type.getMethods().stream()
                .anyMatch(method -> method.getParameters().isEmpty()
                        && method.getRawReturnType().isEquivalentTo(OrgId.class));
        if (tells || type.isEquivalentTo(OrgId.class)) {
            return true;
        }
        return depth > 0
                && type.getName().startsWith(ROOT)
                && type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                        .collect(Collectors.toSet())
                        .stream()
                        .anyMatch(field -> carriesIt(field, depth - 1));
    }

    /** The key under which a method may be excepted: its class's, if that is excepted as a whole. */
    private static String exception(JavaMethod method) {
        String type = method.getOwner().getName().substring(ROOT.length());
        return EXCEPTIONS.containsKey(type) ? type : type + "." + method.getName();
    }
}
