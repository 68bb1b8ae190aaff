package io.jenkins.plugins.cloudimage.core.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the packages of the core. A package is a cloud's if a {@link CloudProvider} is in it. */
class CoreArchitectureTest {
    private static final String CORE = "io.jenkins.plugins.cloudimage.core";
    private static final String HTTP = CORE + ".http";
    private static final String REGISTRY = CORE + ".registry";
    private static final String ALIBABA = CORE + ".alibaba..";

    /** Two clouds have one client, which is not in their packages. */
    private static final Set<String> OF_ECS_API = Set.of(CORE + ".apsara", CORE + ".ecs");

    /** The clouds that may use what Alibaba's clouds share, the signatures among it. */
    private static final Set<String> OF_ALIBABA = Set.of(CORE + ".apsara", CORE + ".ecs", CORE + ".ens");

    private static final String[] LIBRARIES = {
        "java..",
        "javax.crypto..",
        "javax.net..",
        "com.fasterxml.jackson..",
        "edu.umd.cs.findbugs.annotations",
        "kotlin..",
        "okhttp3..",
        "okio..",
        "org.jvnet.localizer"
    };

    private static JavaClasses core;

    @BeforeAll
    static void read() {
        core = new ClassFileImporter()
                .importUrl(CloudProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }

    static Set<String> cloudPackages() {
        return core.stream()
                .filter(type -> !type.isInterface() && type.isAssignableTo(CloudProvider.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static GivenClassesConjunction classesOfCore() {
        // The localizer's generated classes carry annotations of Jenkins in the plugin's build.
        return classes().that().resideInAPackage(CORE + "..").and().doNotHaveSimpleName("Messages");
    }

    @Test
    void theCoreKnowsNeitherJenkinsNorTheRestOfThePlugin() {
        classesOfCore()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(Stream.of(CORE + ".."), Stream.of(LIBRARIES))
                        .toArray(String[]::new))
                .check(core);
    }

    @Test
    void everyCloudHasAPackage() {
        assertEquals(
                new Clouds(TestTransport.direct(), Clock.systemUTC()).all().size(),
                cloudPackages().size());
    }

    @ParameterizedTest
    @MethodSource("cloudPackages")
    void aCloudKnowsTheDomainAndTheTransportOnly(String cloud) {
        Set<String> known = new TreeSet<>(Set.of(LIBRARIES));
        known.addAll(Set.of(CORE, HTTP, cloud));
        if (OF_ALIBABA.contains(cloud)) {
            known.add(ALIBABA);
        }
        classes()
                .that()
                .resideInAPackage(cloud)
                .and()
                .doNotHaveSimpleName("Messages")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known.toArray(String[]::new))
                .check(core);
    }

    @Test
    void whatAlibabasCloudsShareKnowsNoneOfThem() {
        noClasses()
                .that()
                .resideInAPackage(ALIBABA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(cloudPackages().toArray(String[]::new))
                .check(core);
    }

    @Test
    void onlyTheRegistryKnowsClouds() {
        Set<String> rooms = new TreeSet<>(cloudPackages());
        rooms.add(ALIBABA);
        DescribedPredicate<JavaClass> ofACloud = JavaClass.Predicates.resideInAnyPackage(rooms.toArray(String[]::new));
        classesOfCore()
                .and()
                .resideOutsideOfPackage(REGISTRY)
                .and(DescribedPredicate.not(ofACloud))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(ofACloud))
                .check(core);
    }

    @Test
    void theDomainKnowsNothingElseAndTheTransportTheDomain() {
        String[] others = {
            CORE + ".creation..", CORE + ".manifest..", CORE + ".registry..", CORE + ".watch..", HTTP + ".."
        };
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(core);
        noClasses()
                .that()
                .resideInAPackage(HTTP)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE + ".creation..", CORE + ".manifest..", CORE + ".registry..", CORE + ".watch..")
                .check(core);
    }

    @Test
    void thePollerKnowsNothingOfTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE + ".watch..", REGISTRY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE + ".creation..")
                .check(core);
    }

    /** CONTRIBUTING says why some clouds have fewer. */
    @ParameterizedTest
    @MethodSource("cloudPackages")
    void aCloudHasTheSameRoomsAsTheOthers(String cloud) {
        Set<String> names = core.stream()
                .filter(type -> type.getPackageName().equals(cloud))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        String stem = names.stream()
                .filter(name -> name.endsWith("Provider"))
                .map(name -> name.substring(0, name.length() - "Provider".length()))
                .findFirst()
                .orElseThrow();
        Set<String> rooms = new TreeSet<>(Set.of("Errors", "ImageRequest", "Provider"));
        if (!OF_ECS_API.contains(cloud)) {
            rooms.addAll(Set.of("Client", "States"));
        }
        if (!OF_ALIBABA.contains(cloud)) {
            rooms.add("Signer");
        }
        rooms.removeIf(room -> names.contains(stem + room));
        assertEquals(Set.of(), rooms, cloud);
    }
}
