package org.stripeanalytics.pipelines;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** Holds the manifests in pipelines/ against the code and the contracts. */
class ManifestTest {
  private static final Set<String> TABLES =
      Tables.all().stream().map(WarehouseTable::name).collect(toSet());

  static Stream<PipelineMain<?>> pipelines() {
    return Pipelines.withEndless().stream();
  }

  @Test
  void everyPipelineHasAManifestAndEveryManifestAPipeline() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("pipelines"))) {
      assertThat(
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml"))
              .collect(toSet()),
          is(pipelines().map(pipeline -> pipeline.name() + ".yaml").collect(toSet())));
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aManifestNamesTheMainClass(PipelineMain<?> pipeline) {
    assertThat(pipeline.manifest().main(), is(pipeline.main().getName()));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aManifestNamesTablesThatHaveContracts(PipelineMain<?> pipeline) {
    assertThat(pipeline.manifest().reads(), everyItem(is(in(TABLES))));
    assertThat(pipeline.manifest().writes(), everyItem(is(in(TABLES))));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void whatAPipelineWritesIsMadeOfWhatItReads(PipelineMain<?> pipeline) {
    Manifest manifest = pipeline.manifest();
    Set<String> madeFrom =
        manifest.writes().stream()
            .flatMap(table -> Tables.named(table).contract().quality().lineage().stream())
            .filter(table -> !manifest.writes().contains(table))
            .collect(toSet());
    assertThat(madeFrom, everyItem(is(in(manifest.reads()))));
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aScheduleHasFiveFieldsAndAZoneAndWhatAPersonStartsHasNone(PipelineMain<?> pipeline) {
    List<Manifest.Schedule> schedules =
        pipeline.manifest().environments().values().stream()
            .map(Manifest.Operation::schedule)
            .filter(Objects::nonNull)
            .toList();
    assertThat(
        schedules.isEmpty(), is(Set.of("replay", "collect", "stream").contains(pipeline.name())));
    for (Manifest.Schedule schedule : schedules) {
      assertThat(schedule.cron(), matchesPattern("\\S+( \\S+){4}"));
      assertThat(ZoneId.of(schedule.zone()).getId(), is(schedule.zone()));
    }
  }

  @Test
  void theWaitBehindAFailureDoubles() {
    Manifest.Retries retries = new Manifest.Retries(3, 60);

    assertThat(retries.backoffSecondsAfter(1), is(60));
    assertThat(retries.backoffSecondsAfter(2), is(120));
  }

  @Test
  void everyTableIsWrittenBySomePipelineExceptTheSettingsOfTheWarehouse() {
    Set<String> expected = new HashSet<>(TABLES);
    expected.remove(Tables.WAREHOUSE_SETTINGS.name());
    assertThat(
        pipelines().flatMap(p -> p.manifest().writes().stream()).collect(toSet()), is(expected));
  }
}
