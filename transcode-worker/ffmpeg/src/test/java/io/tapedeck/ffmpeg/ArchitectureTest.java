package io.tapedeck.ffmpeg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.tapedeck.ffmpeg",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_FRAMEWORK =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta..", "io.quarkus..", "org.apache.kafka..", "io.minio..");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_STARTS_PROCESSES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.tapedeck.ffmpeg.process..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ProcessBuilder.class);

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.tapedeck.ffmpeg.(*)..").should().beFreeOfCycles();
}
