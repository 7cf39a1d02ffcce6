package io.tapedeck.chassis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The house rules that a compiler cannot hold.
@AnalyzeClasses(
        packages = "io.tapedeck.chassis",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /// Suffixes and prefixes that mark a class at the edge; an annotation is one by nature.
    private static final String EDGE =
            ".*(Publisher|Repository|Config|Health|Mapper|Filter|Interceptor|Relay|Producer|Lifetime"
                    + "|OwnerOnly|\\.(Minio|Kafka|Jdbc)[A-Za-z]+)(\\$.*|_.*)?";

    @ArchTest
    static final ArchRule theCoreKnowsNoFramework =
            noClasses()
                    .that()
                    .haveNameNotMatching(EDGE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta..",
                            "io.quarkus..",
                            "io.smallrye..",
                            "org.apache.kafka..",
                            "io.minio..",
                            "io.micrometer..");

    @ArchTest
    static final ArchRule packagesDependOneWay =
            slices().matching("io.tapedeck.chassis.(*)..").should().beFreeOfCycles();
}
