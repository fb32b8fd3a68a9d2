package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import com.google.zetasql.SqlException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Ownership;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.RestatementSql;
import org.stripeanalytics.warehouse.Restating;

/** What BigQuery is asked to run. What it means, the contract test of all warehouses proves. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "GoogleSQL's analyser is a library for Linux and macOS")
class PublishScriptTest {
  private static final TableNames NAMES = new TableNames("a-project", "dev");
  private static final RunStamp RUN =
      new RunStamp("nightly-7", Instant.parse("2024-06-01T12:00:00.654321Z"));
  private static final DataInterval MID_JANUARY =
      DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 20));
  private static final GoogleSqlAnalyser GOOGLE_SQL = GoogleSqlAnalyser.over(NAMES, RUN);

  @Test
  void theScriptOfARunOverAnIntervalIsAsReviewed() throws IOException {
    String script =
        script(MID_JANUARY)
            .sql(
                List.of(
                    staged(Tables.FX_RATES, 2),
                    staged(Tables.FCT_MRR_MOVEMENTS, 0),
                    staged(Tables.SUBSCRIPTION_SPELLS, 5)));

    assertThat(script, equalTo(golden("publish-interval.sql")));
  }

  @Test
  void theScriptOfAnIngestionIsAsReviewed() throws IOException {
    String script = script(null).sql(List.of(staged(Tables.DISCOUNTS, 3)));

    assertThat(script, equalTo(golden("publish-ingestion.sql")));
  }

  @Test
  void googleSqlAcceptsTheScriptThatReplacesEveryTable() {
    String script = script(MID_JANUARY).sql(everyTable());

    assertThat(
        GOOGLE_SQL.kinds(script).subList(0, 3), contains("InsertStmt", "AssertStmt", "BeginStmt"));
  }

  @Test
  void googleSqlAcceptsTheListOfFiguresThatChangeInEveryMart() {
    List<StagedTable> marts =
        everyTable().stream().filter(table -> RestatementSql.concerns(table.contract())).toList();
    Restating run = new Restating("transform", "1.0", ImmutableMap.of("churnAt", "\"ended_at\""));

    assertThat(
        GOOGLE_SQL.kinds(script(MID_JANUARY).sql(marts, run, marts)).subList(0, 4),
        contains("InsertStmt", "AssertStmt", "BeginStmt", "InsertStmt"));
  }

  @Test
  void googleSqlAcceptsTheScriptThatMergesIntoEveryTableOfVersions() {
    List<StagedTable> versioned =
        everyTable().stream().filter(table -> table.contract().isVersioned()).toList();

    List<String> kinds = GOOGLE_SQL.kinds(script(null).sql(versioned));

    assertThat(
        kinds,
        contains(
            Stream.of(
                    Stream.of("InsertStmt", "AssertStmt", "BeginStmt"),
                    versioned.stream().map(table -> "MergeStmt"),
                    Stream.of("CommitStmt", "QueryStmt"))
                .flatMap(kind -> kind)
                .toArray(String[]::new)));
  }

  @Test
  void googleSqlAcceptsTheQueryForWhatIsStaged() {
    List<Contract> all = Tables.all().stream().map(WarehouseTable::contract).toList();

    assertThat(GOOGLE_SQL.kinds(script(MID_JANUARY).extents(all)), contains("QueryStmt"));
    assertThat(
        GOOGLE_SQL.kinds(script(null).extents(List.of(Tables.INVOICES.contract()))),
        contains("QueryStmt"));
  }

  @Test
  void theAnalyserRefusesAColumnThatIsNotThere() {
    String wrong =
        script(MID_JANUARY)
            .sql(List.of(staged(Tables.FX_RATES, 1)))
            .replace("`rate`", "`exchange_rate`");

    assertThrows(SqlException.class, () -> GOOGLE_SQL.kinds(wrong));
  }

  @Test
  void anUpsertWithoutRowsOnlyDeletesWhatTheRunKnowsTheNewestOf() {
    String script = script(MID_JANUARY).sql(List.of(staged(Tables.SUBSCRIPTION_SPELLS, 0)));

    assertThat(script, not(containsString("MERGE")));
    assertThat(
        script,
        containsString("WHERE `_as_of` >= DATE '2024-01-01' AND `_as_of` < DATE '2024-01-20'"));
  }

  @Test
  void aRunWithoutAnIntervalCannotReplaceOne() {
    StagedTable observed =
        everyTable().stream()
            .filter(table -> table.contract().ownership() == Ownership.EVENT)
            .filter(table -> !table.contract().isVersioned())
            .findFirst()
            .orElseThrow();

    assertThrows(IllegalStateException.class, () -> script(null).sql(List.of(observed)));
  }

  private static PublishScript script(@Nullable DataInterval interval) {
    return new PublishScript(NAMES, RUN, "Europe/Berlin", interval);
  }

  private static List<StagedTable> everyTable() {
    return Tables.all().stream().map(table -> staged(table, 1)).toList();
  }

  private static StagedTable staged(WarehouseTable<?> table, long rows) {
    Contract contract = table.contract();
    return new StagedTable(
        contract,
        NAMES.staging(contract, RUN),
        rows,
        0,
        contract.isVersioned() ? Optional.of(MID_JANUARY) : Optional.empty());
  }

  private static String golden(String name) throws IOException {
    return Resources.toString(Resources.getResource("bigquery/" + name), UTF_8);
  }
}
