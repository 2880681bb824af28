package dev.automationengine.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;

/** Each rule says in its reason what to do instead. */
@AnalyzeClasses(
        packages = "dev.automationengine",
        importOptions = {ImportOption.DoNotIncludeTests.class, OnlyOurMainClasses.class})
class ArchitectureTest {
    private static final String ROOT = "dev.automationengine.";

    @ArchTest
    static final ArchRule no_service_depends_on_another = slices().matching(
                    ROOT + "(gateway|trigger|polling|dispatcher|scheduler|worker|logging)..")
            .should()
            .notDependOnEachOther()
            .because("services meet in Kafka, Redis and HTTP: put a contract that two of them write into common-model");

    @ArchTest
    static final ArchRule libraries_do_not_know_services = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "model..",
                    ROOT + "expressions..",
                    ROOT + "jobqueue..",
                    ROOT + "kit..",
                    ROOT + "connectors..",
                    ROOT + "localstack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "gateway..",
                    ROOT + "trigger..",
                    ROOT + "polling..",
                    ROOT + "dispatcher..",
                    ROOT + "scheduler..",
                    ROOT + "worker..",
                    ROOT + "logging..")
            .because("data flows from services to libraries only");

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching(ROOT + "(*).(*)..")
            .should()
            .beFreeOfCycles()
            .because("a reader follows one direction: move what both sides need to the side that is used");

    @ArchTest
    static final ArchRule contracts_depend_on_nothing = classes()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..", "com.fasterxml.jackson.annotation..", "org.jspecify..", ROOT + "model.."))
            .because("every service carries common-model: what drags a library along belongs elsewhere");

    @ArchTest
    static final ArchRule contracts_are_records_enums_or_sealed = classes()
            .that()
            .resideInAPackage(ROOT + "model..")
            .and()
            .arePublic()
            .and(not(nameOfConstantsHolder()))
            .should(beDataOnly())
            .because("a contract is data: behaviour belongs to the service that owns it");

    @ArchTest
    static final ArchRule only_the_queue_and_the_limits_run_scripts = noClasses()
            .that(not(resideInAnyPackage(ROOT + "jobqueue..", ROOT + "kit.ratelimit..")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.redisson.api.RScript")
            .because(
                    "the keys and scripts of the job queue are in libs/job-queue, those of limits in the kit, and no others are");

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .because("a class has the name of what it is in docs/glossary.md");

    @ArchTest
    static final ArchRule listeners_and_controllers_are_the_only_entry_points = methods()
            .that()
            .areAnnotatedWith("org.springframework.kafka.annotation.KafkaListener")
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Listener")
            .orShould()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Cache")
            .orShould()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Subscriptions")
            .because("a reader finds what a service consumes by looking for its listeners");

    @ArchTest
    static final ArchRule nobody_injects_fields = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .because("what a class needs is in its constructor");

    private static DescribedPredicate<JavaClass> nameOfConstantsHolder() {
        return DescribedPredicate.describe(
                "holders of constants for annotations",
                c -> c.getSimpleName().equals("Name")
                        && c.getEnclosingClass().isPresent()
                        && c.getModifiers().contains(JavaModifier.FINAL));
    }

    private static ArchCondition<JavaClass> beDataOnly() {
        return ArchCondition.from(DescribedPredicate.describe(
                "be a record, an enum or a sealed interface",
                c -> c.isRecord() || c.isEnum() || c.reflect().isSealed()));
    }
}
