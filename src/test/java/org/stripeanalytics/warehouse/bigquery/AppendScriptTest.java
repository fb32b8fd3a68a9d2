package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.ops.RunLogEntry;

/** What BigQuery is asked to run. What it means, the contract test of all warehouses proves. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "GoogleSQL's analyser is a library for Linux and macOS")
class AppendScriptTest {
  private static final TableNames NAMES = new TableNames("a-project", "dev");
  private static final RunStamp RUN =
      new RunStamp("nightly-7", Instant.parse("2024-06-01T12:00:00.654321Z"));

  @Test
  void googleSqlAcceptsTheScript() {
    String script = new AppendScript(NAMES, RUN).sql(Tables.RUN_LOG, List.of(entry("it's \\n")));

    assertThat(
        GoogleSqlAnalyser.over(NAMES, RUN).kinds(script),
        contains("BeginStmt", "DeleteStmt", "InsertStmt", "CommitStmt"));
    assertThat(script, containsString("'it' || CHR(39) || 's ' || CHR(92) || 'n'"));
  }

  private static RunLogEntry entry(String message) {
    return RunLogEntry.builder()
        .setPipeline("transform")
        .setTableName("facts.fct_payments")
        .setOutcome("succeeded")
        .setAsOf(LocalDate.of(2024, 6, 1))
        .setOptions("{}")
        .setCodeVersion("1")
        .setRunner("DirectRunner")
        .setStartedAt(RUN.ingestedAt())
        .setFinishedAt(RUN.ingestedAt())
        .setSeconds(new BigDecimal("1.5"))
        .setRowsIn(3)
        .setRowsLoaded(2)
        .setRowsSuperseded(1)
        .setRowsRejected(0)
        .setBytesLoaded(4)
        .setMessage(message)
        .build();
  }
}
