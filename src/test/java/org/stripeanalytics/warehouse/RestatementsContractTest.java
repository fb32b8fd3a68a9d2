package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.marts.RevenueDaily;
import org.stripeanalytics.model.ops.RunLogEntry;
import org.stripeanalytics.model.raw.Discount;

/** Which published figures a publication lists as changed, and why, in every warehouse. */
public abstract class RestatementsContractTest extends WarehouseContract {
  private static final Restating RUN =
      new Restating("transform", "1.0", ImmutableMap.of("churnAt", "\"ended_at\""));

  private static final String WHAT =
      "SELECT mart, period, row_key, column_name, CAST(ROUND(old_value) AS BIGINT),"
          + " CAST(ROUND(new_value) AS BIGINT), previous_run_id, _run_id FROM ops.restatements";

  private Instant now = INGESTED_AT;

  protected RestatementsContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void figuresThatChangeComeAndGoInAPublishedPeriodAreListedAndNoOthers() {
    publish(revenue("2024-01-30", "US", 100), revenue("2024-01-31", "US", 50));
    assertThat("nothing was published before", lines(WHAT), is(empty()));

    publish(revenue("2024-01-30", "US", 100), revenue("2024-01-31", "US", 50));
    assertThat("nothing has changed", lines(WHAT), is(empty()));

    ingest(discount("di_1", "2024-01-30"));
    ingest(discount("di_2", "2024-02-02"));
    publish(
        revenue("2024-01-29", "US", 7),
        revenue("2024-01-30", "DE", 20),
        revenue("2024-01-30", "US", 80));
    assertThat(
        "the 29th was never published",
        lines(WHAT),
        containsInAnyOrder(
            line("2024-01-30", "US", "gross_volume 100 80"),
            line("2024-01-30", "US", "net 100 80"),
            line("2024-01-30", "DE", "gross_volume null 20"),
            line("2024-01-30", "DE", "net null 20"),
            line("2024-01-31", "US", "gross_volume 50 null"),
            line("2024-01-31", "US", "net 50 null")));
    assertThat(
        lines("SELECT DISTINCT caused_by, explanation FROM ops.restatements"),
        contains("late_data 2 raw rows were ingested since, of 2024-01-30 to 2024-02-02"));
  }

  private String line(String day, String region, String figures) {
    return "marts.revenue_daily %s segment=region, segment_value=%s %s run_2 run_3"
        .formatted(day, region, figures);
  }

  /** Publishes the revenue of January, and records the run. */
  private void publish(RevenueDaily... rows) {
    now = now.plus(Duration.ofHours(1));
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse().publication(nextRun(), JANUARY, now).restating(RUN);
    load(pipeline, publication, Tables.REVENUE_DAILY, rows);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
    warehouse().append(Tables.RUN_LOG, List.of(logOfRun()), lastRun(), now);
  }

  private void ingest(Discount discount) {
    now = now.plus(Duration.ofHours(1));
    warehouse().append(Tables.DISCOUNTS, List.of(discount), "ingestion", now);
  }

  private RunLogEntry logOfRun() {
    return RunLogEntry.builder()
        .setPipeline("transform")
        .setTableName("marts.revenue_daily")
        .setOutcome("succeeded")
        .setIntervalFrom(JANUARY.from())
        .setIntervalTo(JANUARY.to())
        .setAsOf(JANUARY.to())
        .setOptions("{\"churnAt\":" + RUN.options().get("churnAt") + "}")
        .setCodeVersion(RUN.codeVersion())
        .setRunner("DirectRunner")
        .setStartedAt(now)
        .setFinishedAt(now)
        .setSeconds(BigDecimal.ONE)
        .setRowsIn(1)
        .setRowsLoaded(1)
        .setRowsSuperseded(0)
        .setRowsRejected(0)
        .setBytesLoaded(1)
        .build();
  }

  private static RevenueDaily revenue(String day, String region, long volume) {
    return RevenueDaily.builder()
        .setDay(LocalDate.parse(day))
        .setSegment("region")
        .setSegmentValue(region)
        .setGrossVolume(BigDecimal.valueOf(volume).setScale(9))
        .setRefunds(BigDecimal.ZERO.setScale(9))
        .setDisputes(BigDecimal.ZERO.setScale(9))
        .setFees(BigDecimal.ZERO.setScale(9))
        .setOther(BigDecimal.ZERO.setScale(9))
        .setNet(BigDecimal.valueOf(volume).setScale(9))
        .setPayouts(BigDecimal.ZERO.setScale(9))
        .setSuccessfulCharges(0)
        .setFailedCharges(0)
        .build();
  }

  private static Discount discount(String id, String day) {
    Instant at = Instant.parse(day + "T12:00:00Z");
    return Discount.builder()
        .setId(id)
        .setCoupon("SPRING")
        .setCustomer("cus_1")
        .setStart(at)
        .setDeleted(false)
        .setSnapshotDate(LocalDate.parse(day))
        .setChangedAt(at)
        .setSource("webhook")
        .build();
  }
}
