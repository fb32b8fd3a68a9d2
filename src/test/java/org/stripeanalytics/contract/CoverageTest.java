package org.stripeanalytics.contract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Quality.Reference;

/** The gate: a table that is not documented, or not tested, does not get in. */
class CoverageTest {

  static Stream<WarehouseTable<?>> tables() {
    return Tables.all().stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableAndEveryColumnAtEveryDepthIsDescribed(WarehouseTable<?> table) {
    assertThat(table.contract().description(), is(not(emptyOrNullString())));
    table.contract().columns().forEach(CoverageTest::described);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableHasAKeyAndAFreshnessOrAVolume(WarehouseTable<?> table) {
    assertThat(table.contract().primaryKey(), is(not(empty())));
    Quality quality = table.contract().quality();
    // What is streamed is there where a job streams it, and nowhere else.
    boolean mayBeEmpty = table.contract().layer() == Layer.STREAMING;
    assertThat(mayBeEmpty || quality.freshness() != null || quality.volume() != null, is(true));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aReferenceNamesATableAndOneOfItsColumns(WarehouseTable<?> table) {
    for (Reference reference : table.contract().quality().references()) {
      List<String> columns =
          Tables.named(reference.table()).contract().columns().stream()
              .map(TableFieldSchema::getName)
              .toList();
      assertThat(reference.toString(), columns.contains(reference.key()), is(true));
    }
  }

  private static void described(TableFieldSchema column) {
    assertThat(column.getName(), column.getDescription(), is(not(emptyOrNullString())));
    if (column.getFields() != null) {
      column.getFields().forEach(CoverageTest::described);
    }
  }
}
