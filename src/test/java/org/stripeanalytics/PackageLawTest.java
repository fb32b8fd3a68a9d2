package org.stripeanalytics;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.pipelines.Terminal;

/** Holds the code to what the package-info.java of {@code org.stripeanalytics} says. */
@AnalyzeClasses(packages = "org.stripeanalytics", importOptions = DoNotIncludeTests.class)
class PackageLawTest {
  private static final List<String> ORDER =
      List.of(
          "attribution",
          "prediction",
          "model",
          "fold",
          "contract",
          "warehouse",
          "quality",
          "observability",
          "extraction",
          "synthesis",
          "server",
          "webhooks",
          "ingestion",
          "identity",
          "staging",
          "intermediate",
          "dimensions",
          "facts",
          "acquisition",
          "relations",
          "marts",
          "streaming",
          "forecast",
          "report",
          "pipelines");

  @ArchTest
  static void aPackageKnowsOnlyThoseAboveIt(JavaClasses code) {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(in(ORDER.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(in(ORDER.subList(i + 1, ORDER.size())))
          .allowEmptyShould(true)
          .check(code);
    }
  }

  @ArchTest
  static final ArchRule everyClassHasItsPlaceInTheOrder =
      classes().that().doNotHaveSimpleName("package-info").should().resideInAnyPackage(in(ORDER));

  @ArchTest
  static final ArchRule onlyPipelinesNameAWarehouse =
      noClasses()
          .that()
          .resideOutsideOfPackages(in(List.of("warehouse", "pipelines")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              in(List.of("warehouse.duckdb", "warehouse.bigquery", "warehouse.postgresql")));

  @ArchTest
  static final ArchRule onlyTheAdapterNamesDuckDb =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("warehouse.duckdb"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.duckdb..");

  @ArchTest
  static final ArchRule onlyTheAdapterNamesPostgreSql =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("warehouse.postgresql"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.postgresql..");

  @ArchTest
  static final ArchRule onlyWarehousesSpeakJdbc =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("warehouse"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule onlyPipelinesNameARunner =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("pipelines"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..");

  @ArchTest
  static final ArchRule theModelReadsAndWritesNothing =
      noClasses()
          .that()
          .resideInAPackage(in("model"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..");

  /** Its rows name their coder; that is all it knows of Beam. */
  @ArchTest
  static final ArchRule theFoldIsPlainJava =
      noClasses()
          .that()
          .resideInAPackage(in("fold"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.beam..")
                  .and(
                      not(
                          belongToAnyOf(
                              DefaultCoder.class,
                              SchemaCaseFormat.class,
                              SchemaFieldName.class,
                              CaseFormat.class))));

  @ArchTest
  static void aPackageOfTheFoldKnowsOnlyThoseBeforeIt(JavaClasses code) {
    checkRooms("fold", List.of("terms", "changes", "timeline", "billing", "state"), code);
  }

  @ArchTest
  static void aPackageOfSynthesisKnowsOnlyThoseBeforeIt(JavaClasses code) {
    checkRooms(
        "synthesis",
        List.of("chance", "profile", "json", "history", "account", "life", "sources"),
        code);
  }

  @ArchTest
  static final ArchRule theModelHoldsNoTransforms =
      noClasses()
          .that()
          .resideInAPackage(in("model"))
          .should()
          .beAssignableTo(PTransform.class)
          .orShould()
          .beAssignableTo(DoFn.class);

  @ArchTest
  static final ArchRule onlyTheTerminalWritesToTheScreen =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Terminal.class)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule nobodyAsksTheWallClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule onlyMainsMakeAClock =
      noClasses()
          .that()
          .resideOutsideOfPackage(in("pipelines"))
          .should()
          .callMethod(Clock.class, "systemUTC");

  /** Rooms know those before them, and not the package that they are the rooms of. */
  private static void checkRooms(String house, List<String> order, JavaClasses code) {
    List<String> rooms = order.stream().map(room -> house + "." + room).toList();
    for (int i = 0; i < rooms.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(in(rooms.get(i)))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(in(rooms.subList(i + 1, rooms.size())))
                  .or(resideInAPackage("org.stripeanalytics." + house)))
          .check(code);
    }
  }

  private static String in(String name) {
    return "org.stripeanalytics." + name + "..";
  }

  private static String[] in(List<String> names) {
    return names.stream().map(PackageLawTest::in).toArray(String[]::new);
  }
}
