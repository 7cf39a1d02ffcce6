package io.tapedeck.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.tapedeck.standalone",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsTheProxy =
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("Vertx")
                    .and()
                    .haveNameNotMatching(".*\\.Vertx[A-Za-z]*\\$.*")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule onlyTheBrokersOwnMainKnowsKafka =
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("Kafka")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule noServiceIsKnownHere =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.tapedeck.ingest..",
                            "io.tapedeck.transcode..",
                            "io.tapedeck.playback..",
                            "io.tapedeck.chassis..",
                            "io.quarkus..");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.tapedeck.standalone.(*)..").should().beFreeOfCycles();
}
