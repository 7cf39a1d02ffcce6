package io.tapedeck.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The house rules that a compiler cannot hold.
@AnalyzeClasses(
        packages = "io.tapedeck.ingest",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /// Suffixes that mark a class at the edge.
    private static final String EDGE =
            ".*(Resource|Socket|Publisher|Entity|Repository|Config|Health|Mapper|Filter|Scheduler|Producer)"
                    + "(\\$.*|_.*)?";

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
                            "org.hibernate..",
                            "io.vertx..",
                            "io.micrometer..");

    @ArchTest
    static final ArchRule packagesDependOneWay =
            slices().matching("io.tapedeck.ingest.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule sessionsDoNotKnowTheChunkLog =
            noClasses()
                    .that()
                    .resideInAPackage("..ingest.session..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..ingest.chunk..");
}
