package io.tapedeck.transcode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The rules of the house.
@AnalyzeClasses(
        packages = "io.tapedeck.transcode",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /// A class at the edge says so by its name: a suffix, or the technology it speaks.
    private static final String EDGE =
            ".*\\.(\\w+(Resource|Consumer|Publisher|Producer|Repository|Mapper|Config|Health|Relay)"
                    + "|(Jdbc|Kafka|S3|Minio)\\w+)(\\$.*)?";

    @ArchTest
    static final ArchRule onlyTheEdgeKnowsFrameworks =
            noClasses()
                    .that()
                    .haveNameNotMatching(EDGE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta..",
                            "io.quarkus..",
                            "io.smallrye..",
                            "io.micrometer..",
                            "io.minio..",
                            "org.apache.kafka..",
                            "org.eclipse.microprofile..",
                            "java.sql..",
                            "javax.sql..");

    @ArchTest
    static final ArchRule capabilitiesHaveNoCycles =
            slices().matching("io.tapedeck.transcode.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noClassBelongsToEverybody =
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..util..", "..common..", "..dto..", "..service..", "..impl..");
}
