package io.jenkins.plugins.cloudimage;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import org.junit.jupiter.api.Test;

/** The arrows between the packages on top of the core; those within it are in {@code CoreArchitectureTest}. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.cloudimage.";

    @Test
    void arrowsPointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + ".")
                .layer("steps")
                .definedBy(ROOT + "step..", ROOT + "build..")
                .layer("run")
                .definedBy(ROOT + "run..")
                .layer("cloud")
                .definedBy(ROOT + "cloud..")
                .layer("config")
                .definedBy(ROOT + "config..", ROOT + "credentials..")
                .layer("core")
                .definedBy(ROOT + "core..")
                .whereLayer("steps")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("steps")
                .whereLayer("cloud")
                .mayOnlyBeAccessedByLayers("steps", "run")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("steps", "run", "cloud")
                .ensureAllClassesAreContainedInArchitecture()
                .check(new ClassFileImporter()
                        .importUrl(CloudProvider.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
    }
}
