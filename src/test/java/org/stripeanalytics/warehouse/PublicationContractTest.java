package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.aSpell;

import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.ops.ReceivedDelivery;

/** What becomes of the rows that runs publish, in every warehouse. */
public abstract class PublicationContractTest extends WarehouseContract {
  protected PublicationContractTest(TestedWarehouse tested) {
    super(tested);
  }

  @Test
  void publishingTwiceGivesTheSameTableAsPublishingOnce() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 24_000));
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 24_000));

    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 24000"));
  }

  @Test
  void ofWhatIsReportedSeveralTimesTheFirstStands() {
    publish(JANUARY, Tables.DELIVERIES, aDelivery("evt_1"), aDelivery("evt_2"), aDelivery("evt_1"));
    publish(JANUARY, Tables.DELIVERIES, aDelivery("evt_2"), aDelivery("evt_3"));

    assertThat(
        lines("SELECT event_id, _run_id FROM ops.deliveries"),
        containsInAnyOrder("evt_1 run_1", "evt_2 run_1", "evt_3 run_2"));
  }

  private static ReceivedDelivery aDelivery(String event) {
    return ReceivedDelivery.builder()
        .setEventId(event)
        .setReceivedAt(INGESTED_AT.minusSeconds(60))
        .setReceivedOn(LocalDate.parse("2024-06-01"))
        .build();
  }

  @Test
  void monthsMayComeInAnyOrder() {
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));

    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 1", "cus_1 2024-02-01 2"));
  }

  @Test
  void anEmptyIntervalEmptiesItselfAndNothingElse() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    publish(FEBRUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-02-01", 2));

    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS);

    assertThat(movements(), containsInAnyOrder("cus_1 2024-02-01 2"));
  }

  @Test
  void aMonthIsReplacedWholeUpToTheEndOfTheInterval() {
    publish(
        JANUARY,
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_1", "2024-01-02", 1),
        aMovement("cus_2", "2024-01-30", 2));

    publish(
        DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 20)),
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_3", "2024-01-03", 3));

    assertThat(movements(), containsInAnyOrder("cus_3 2024-01-03 3", "cus_2 2024-01-30 2"));
  }

  @Test
  void aRowOutsideWhatTheRunOwnsFailsTheRun() {
    MrrMovement february = aMovement("cus_1", "2024-02-01", 1);

    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, february));

    assertThat(movements(), is(empty()));
  }

  @Test
  void upsertKeepsTheRowThatWasComputedAsOfTheLaterDay() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_newer_stays", 1, "2024-03-01"),
        aSpell("sub_older_goes", 1, "2024-01-01"),
        aSpell("sub_same_day_goes", 1, "2024-02-01"),
        aSpell("sub_untouched", 1, "2024-01-01"));

    publish(
        FEBRUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_newer_stays", 2, "2024-02-01"),
        aSpell("sub_older_goes", 2, "2024-02-01"),
        aSpell("sub_same_day_goes", 2, "2024-02-01"),
        aSpell("sub_added", 2, "2024-02-01"));

    assertThat(
        lines("SELECT subscription_id, arr_minor FROM intermediate.subscription_spells"),
        containsInAnyOrder(
            "sub_newer_stays 1",
            "sub_older_goes 2",
            "sub_same_day_goes 2",
            "sub_untouched 1",
            "sub_added 2"));
  }

  @Test
  void aRerunForgetsTheKeysOfItsIntervalThatNoLongerComeAbout() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_earlier_stays", 1, "2023-12-31"),
        aSpell("sub_vanished_goes", 1, "2024-01-01"),
        aSpell("sub_told_as_of_before_again", 1, "2024-01-31"),
        aSpell("sub_known_later_stays", 1, "2024-02-01"));

    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_told_as_of_before_again", 2, "2023-12-01"),
        aSpell("sub_known_later_stays", 2, "2024-01-15"));

    assertThat(
        lines("SELECT subscription_id, arr_minor FROM intermediate.subscription_spells"),
        containsInAnyOrder(
            "sub_earlier_stays 1", "sub_told_as_of_before_again 2", "sub_known_later_stays 1"));
  }

  @Test
  void aRerunThatFindsNothingForgetsTheLatestRowsOfItsMonthsUpToItsEnd() {
    publish(
        JANUARY,
        Tables.SUBSCRIPTION_SPELLS,
        aSpell("sub_early", 1, "2024-01-02"),
        aSpell("sub_late", 1, "2024-01-20"));

    publish(
        DataInterval.of(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 20)),
        Tables.SUBSCRIPTION_SPELLS);

    assertThat(
        lines("SELECT subscription_id FROM intermediate.subscription_spells"),
        containsInAnyOrder("sub_late"));
  }

  @Test
  void aWholeTableForgetsWhatIsNotLoadedAgain() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThat(lines("SELECT currency FROM seeds.fx_rates"), containsInAnyOrder("usd"));
  }

  @Test
  void aFailureWhilePublishingLeavesEverythingAsItWasAndARerunRepairs() {
    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 1));
    Pipeline failing = newPipeline();
    Publication publication =
        tested().failingAt(Tables.FX_RATES, "run_fails", JANUARY, INGESTED_AT);
    load(failing, publication, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 2));
    load(failing, publication, Tables.FX_RATES, aRate("usd", "1"));
    failing.apply("Publish", publication);

    assertThrows(Pipeline.PipelineExecutionException.class, failing::run);
    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 1"));

    publish(JANUARY, Tables.FCT_MRR_MOVEMENTS, aMovement("cus_1", "2024-01-31", 2));
    assertThat(movements(), containsInAnyOrder("cus_1 2024-01-31 2"));
  }

  @Test
  void aPublicationNamesItsTablesAndTheRowsInserted(TestPipeline pipeline) {
    Publication publication = warehouse().publication("run_1", JANUARY, INGESTED_AT);
    load(pipeline, publication, Tables.FX_RATES, aRate("usd", "1"), aRate("eur", "1.08"));
    load(pipeline, publication, Tables.FCT_MRR_MOVEMENTS);

    PAssert.that(pipeline.apply("Publish", publication).apply(forgetBytes()))
        .containsInAnyOrder(
            PublishedTable.of("seeds.fx_rates", 2),
            PublishedTable.of("facts.fct_mrr_movements", 0));
    pipeline.run();
  }

  @Test
  void aTableIsLoadedOncePerPublication() {
    Pipeline pipeline = newPipeline();
    Publication publication = warehouse().publication("run_1", JANUARY, INGESTED_AT);
    load(pipeline, publication, Tables.FX_RATES, aRate("usd", "1"));

    PCollection<?> second = pipeline.apply("More", Create.of(1));
    assertThrows(
        IllegalStateException.class,
        () -> load(second.getPipeline(), publication, Tables.FX_RATES, aRate("eur", "1.08")));
  }

  @Test
  void publishedRowsCarryTheRunAndItsTime() {
    publish(JANUARY, Tables.FX_RATES, aRate("usd", "1"));

    assertThat(
        warehouse().query("SELECT _run_id, _ingested_at FROM seeds.fx_rates").rows(),
        equalTo(List.of(List.of("run_1", INGESTED_AT))));
  }

  @Test
  void aTenthDecimalPlaceFailsTheRunInsteadOfBeingRounded() {
    assertThrows(
        Pipeline.PipelineExecutionException.class,
        () -> publish(JANUARY, Tables.FX_RATES, aRate("usd", "0.0000000001")));
  }

  private List<String> movements() {
    return lines("SELECT customer_id, day, arr_minor_change FROM facts.fct_mrr_movements");
  }
}
