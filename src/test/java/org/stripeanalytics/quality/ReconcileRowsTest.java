package org.stripeanalytics.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.base.Throwables;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RowTally.Way;
import org.stripeanalytics.warehouse.PublishedTable;

/** Rows in are rows written, superseded and rejected, or the run fails. */
@ExtendWith(TestPipelineExtension.class)
class ReconcileRowsTest {
  private static final RowTally IN = RowTally.of(Tables.REFUNDS, Way.IN, 100);
  private static final RowTally WRITTEN = RowTally.of(Tables.REFUNDS, Way.WRITTEN, 90);
  private static final RowTally SUPERSEDED = RowTally.of(Tables.REFUNDS, Way.SUPERSEDED, 9);
  private static final RowTally REJECTED = RowTally.of(Tables.REFUNDS, Way.REJECTED, 1);

  @Test
  void aRunThatAddsUpPassesAndSaysHowManyRowsCameIn(TestPipeline pipeline) {
    PAssert.that(reconciled(pipeline, 0.01, IN, WRITTEN, SUPERSEDED, REJECTED))
        .containsInAnyOrder(100L);
    pipeline.run();
  }

  @Test
  void aLostRowFailsTheRunAndNamesItsTable(TestPipeline pipeline) {
    reconciled(pipeline, 1, IN, WRITTEN, SUPERSEDED);

    assertThat(
        failure(pipeline),
        is(
            "rows do not add up: raw.refunds: 100 in, but 90 written + 9 superseded + 0"
                + " rejected + 0 ignored"));
  }

  @Test
  void aRecordThatWasFoundAndCameToNothingFailsTheRun(TestPipeline pipeline) {
    reconciled(pipeline, 1, RowTally.of(Way.FOUND, 3), RowTally.of(Way.HANDLED, 2));

    assertThat(
        failure(pipeline),
        is(
            "records do not add up: 3 were found, and 2 came to a row, a rejection or a name under"
                + " which they are ignored"));
  }

  @Test
  void moreRejectedThanAllowedFailsTheRun(TestPipeline pipeline) {
    reconciled(pipeline, 0.009, IN, WRITTEN, SUPERSEDED, REJECTED);

    assertThat(failure(pipeline), containsString("1 of 100 rows (1.00 %) were rejected"));
  }

  @Test
  void theRowsOfTheRejectedThemselvesAreNotInTheBalance(TestPipeline pipeline) {
    RowTally listed = RowTally.of(Tables.REJECTED_RECORDS, Way.WRITTEN, 1);

    PAssert.that(reconciled(pipeline, 0.01, IN, WRITTEN, SUPERSEDED, REJECTED, listed))
        .containsInAnyOrder(100L);
    pipeline.run();
  }

  @Test
  void whatIsRejectedIsCountedByRule(TestPipeline pipeline) {
    RejectedRecord rejected =
        new RejectingRun("ingest", "run_1", LocalDate.of(2024, 6, 1))
            .reject("parse", new Violation(RejectionRule.BROKEN_JSON, "no object"), "{", "f:1")
            .build();

    pipeline
        .apply("Rejected", Create.of(rejected).withCoder(Tables.REJECTED_RECORDS.coder()))
        .apply("Count", RowTally.countRejected());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    assertThat(counted(result, "rows_rejected"), is(1L));
    assertThat(counted(result, "rows_rejected_broken_json"), is(1L));
  }

  private static long counted(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(RowTally.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getAttempted();
  }

  @Test
  void anEmptyFileIsListedAndNoRow(TestPipeline pipeline) {
    RejectedRecord empty =
        new RejectingRun("ingest", "run_1", LocalDate.of(2024, 6, 1))
            .reject("read_files", new Violation(RejectionRule.EMPTY_FILE, "no record"), "", "f:1")
            .build();

    PAssert.that(
            pipeline
                .apply("Rejected", Create.of(empty).withCoder(Tables.REJECTED_RECORDS.coder()))
                .apply("Count", RowTally.countRejected()))
        .empty();
    pipeline.run();
  }

  @Test
  void aComputedRowMayNotBeRejected(TestPipeline pipeline) {
    pipeline
        .apply(
            "Published",
            Create.of(List.of(PublishedTable.of("ops.rejected_records", 2)))
                .withCoder(RowCoder.of(PublishedTable.class)))
        .apply("AllowNoRejection", AllowNoRejection.of("run_1"));

    assertThat(failure(pipeline), containsString("2 computed rows break the rules"));
  }

  private static PCollection<Long> reconciled(
      TestPipeline pipeline, double most, RowTally... tallies) {
    return pipeline
        .apply("Tallies", Create.of(List.of(tallies)).withCoder(RowCoder.of(RowTally.class)))
        .apply("ReconcileRows", ReconcileRows.of("run_1").withMaxRejectedFraction(most));
  }

  private static String failure(TestPipeline pipeline) {
    Throwable thrown = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    Throwable cause = Throwables.getRootCause(thrown);
    assertThat(cause.getClass(), is((Object) RunFailedException.class));
    return cause.getMessage();
  }
}
