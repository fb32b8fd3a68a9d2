package org.stripeanalytics.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.fold.Snapshots.item;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.fold.Timelines;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.marts.MrrMonthly;

/** The worked examples of the metric definitions. */
@ExtendWith(TestPipelineExtension.class)
class ComputeMrrMonthlyTest {

  @Test
  void aHundredMonthlyAndFiftyYearlyCustomersAreTwelveThousandFiveHundredDollars(
      TestPipeline pipeline) {
    List<Change> account =
        new ArrayList<>(
            Accounts.customersOn(item("prod_starter", 100_00, "month"), 100, "m", "2024-01-10"));
    account.addAll(
        Accounts.customersOn(item("prod_professional", 600_00, "year"), 50, "y", "2024-01-20"));

    assertMonth(
        pipeline,
        account,
        "2024-01-01",
        row -> {
          assertThat(row.getMrrEnd(), comparesEqualTo(new BigDecimal("12500")));
          assertThat(row.getMrrNew(), comparesEqualTo(new BigDecimal("12500")));
          assertThat(row.getArrEnd(), comparesEqualTo(new BigDecimal("150000")));
          assertThat(row.getCustomersEnd(), is(150L));
          assertThat(row.getArpa(), comparesEqualTo(new BigDecimal("83.333333333")));
          assertThat(row.getMrrEndStarter(), comparesEqualTo(new BigDecimal("10000")));
          assertThat(row.getMrrEndProfessional(), comparesEqualTo(new BigDecimal("2500")));
        });
  }

  @Test
  void twoCustomersOfFiveHundredDollarsAYearAreRoundedOnceAfterSumming(TestPipeline pipeline) {
    assertMonth(
        pipeline,
        Accounts.customersOn(item("prod_starter", 500_00, "year"), 2, "y", "2024-01-10"),
        "2024-01-01",
        row -> assertThat(row.getMrrEnd(), comparesEqualTo(new BigDecimal("83.333333333"))));
  }

  @Test
  void aMonthAddsUpFromItsStartOverItsMovementsToItsEnd(TestPipeline pipeline) {
    assertMonth(
        pipeline,
        tenPercentEachWay(),
        "2024-02-01",
        row -> {
          assertThat(row.getMrrStart(), comparesEqualTo(new BigDecimal("100")));
          assertThat(row.getMrrChurn(), comparesEqualTo(new BigDecimal("-10")));
          assertThat(row.getMrrContraction(), comparesEqualTo(new BigDecimal("-10")));
          assertThat(row.getMrrExpansion(), comparesEqualTo(new BigDecimal("10")));
          assertThat(row.getMrrEnd(), comparesEqualTo(new BigDecimal("90")));
          assertThat(row.getCustomersStart(), is(3L));
          assertThat(row.getCustomersChurned(), is(1L));
          assertThat(row.getCustomersEnd(), is(2L));
        });
  }

  @Test
  void whatStartsAndEndsInsideOneMonthIsInTheGrossMovementsAndNotInTheNetOnes(
      TestPipeline pipeline) {
    assertMonth(
        pipeline,
        Accounts.of(aSubscription().active("2024-02-03").canceled("2024-02-20")),
        "2024-02-01",
        row -> {
          assertThat(row.getMrrNew(), comparesEqualTo(new BigDecimal("20")));
          assertThat(row.getMrrChurn(), comparesEqualTo(new BigDecimal("-20")));
          assertThat(row.getNetNew(), comparesEqualTo(BigDecimal.ZERO));
          assertThat(row.getNetChurn(), comparesEqualTo(BigDecimal.ZERO));
          assertThat(row.getArpa(), is(nullValue()));
        });
  }

  @Test
  void aQuietMonthHasARowOfZerosWithTheLevelItInherits(TestPipeline pipeline) {
    assertMonth(
        pipeline,
        Accounts.of(aSubscription().active("2024-02-03")),
        "2025-07-01",
        row -> {
          assertThat(row.getMrrNew(), comparesEqualTo(BigDecimal.ZERO));
          assertThat(row.getMrrStart(), comparesEqualTo(new BigDecimal("20")));
          assertThat(row.getMrrEnd(), comparesEqualTo(new BigDecimal("20")));
        });
  }

  /** Start 100, churn 10, contraction 10, expansion 10. */
  private static List<Change> tenPercentEachWay() {
    return Accounts.of(
        aSubscription()
            .id("sub_a")
            .of("cus_a")
            .on(item("prod_x", 10_00, "month"))
            .active("2024-01-10")
            .canceled("2024-02-10"),
        aSubscription()
            .id("sub_b")
            .of("cus_b")
            .on(item("prod_x", 40_00, "month"))
            .active("2024-01-10")
            .on(item("prod_x", 30_00, "month"))
            .active("2024-02-10"),
        aSubscription()
            .id("sub_c")
            .of("cus_c")
            .on(item("prod_x", 50_00, "month"))
            .active("2024-01-10")
            .on(item("prod_x", 60_00, "month"))
            .active("2024-02-10"));
  }

  /** The one row of a month and of all customers. */
  private static void assertMonth(
      TestPipeline pipeline, List<Change> account, String month, Assertion assertion) {
    PCollection<MrrMonthly> rows =
        Accounts.measured(pipeline, account)
            .apply(
                MartRows.of(
                    ComputeMrrMonthly.of(Timelines.YEARS, ReportingFrame.defaults()),
                    ZoneOffset.UTC))
            .apply(Filter.by(isOf(month)));
    PAssert.thatSingleton(rows)
        .satisfies(
            row -> {
              assertion.accept(row);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** What a test says of the row; it travels with the pipeline. */
  private interface Assertion extends Serializable {
    void accept(MrrMonthly row);
  }

  private static SerializableFunction<MrrMonthly, Boolean> isOf(String month) {
    return row -> row.getSegment().equals("all") && row.getMonth().equals(day(month));
  }
}
