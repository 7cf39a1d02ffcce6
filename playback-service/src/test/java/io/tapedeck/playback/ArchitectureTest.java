package io.tapedeck.playback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/// The rules of the house, as far as classes can be asked.
@AnalyzeClasses(packages = "io.tapedeck.playback", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Pattern EDGE_NAME =
            Pattern.compile(
                    "(Http|Jdbc|Kafka|S3|Minio)\\w+"
                            + "|\\w+(Resource|Consumer|Publisher|Entity|Repository|Config|Health|Mapper"
                            + "|Filter|Relay)");

    private static final DescribedPredicate<JavaClass> CORE =
            DescribedPredicate.describe(
                    "the core", type -> !EDGE_NAME.matcher(top(type)).matches());

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta..",
                            "io.quarkus..",
                            "io.smallrye..",
                            "io.vertx..",
                            "io.minio..",
                            "org.hibernate..",
                            "org.apache.kafka..",
                            "org.eclipse.microprofile..");

    @ArchTest
    static final ArchRule CAPABILITIES_DEPEND_ONE_WAY =
            slices().matching("io.tapedeck.playback.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule WHAT_ALL_SHARE_KNOWS_NO_CAPABILITY =
            noClasses()
                    .that()
                    .resideInAPackage("io.tapedeck.playback")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tapedeck.playback.*..");

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "belong to another service",
                                    type ->
                                            type.getPackageName()
                                                    .matches(
                                                            "io\\.tapedeck\\.(ingest|transcode)"
                                                                    + "(?!\\.contract).*")));

    @ArchTest
    static final ArchRule PACKAGES_ARE_NULL_MARKED =
            classes()
                    .should()
                    .resideInAnyPackage("io.tapedeck.playback..")
                    .andShould(
                            com.tngtech.archunit.lang.ArchCondition.from(
                                    DescribedPredicate.describe(
                                            "be in a null-marked package",
                                            type ->
                                                    type.getPackage()
                                                            .isAnnotatedWith(NullMarked.class))));

    private static String top(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::top).orElse(type.getSimpleName());
    }
}
