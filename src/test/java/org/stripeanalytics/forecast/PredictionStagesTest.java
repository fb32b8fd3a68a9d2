package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasProperty;
import static org.hamcrest.Matchers.notNullValue;
import static org.stripeanalytics.forecast.CustomerFacts.aCustomer;
import static org.stripeanalytics.forecast.SyntheticMonths.AS_OF;
import static org.stripeanalytics.warehouse.ExampleRows.aMovement;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.dimensions.PriceMember;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.EmptyWarehouses;

/** The steps of predict, each on the DirectRunner. */
@ExtendWith(TestPipelineExtension.class)
class PredictionStagesTest {
  private static final DataInterval EVER =
      DataInterval.of(LocalDate.parse("2022-01-01"), LocalDate.parse("2026-01-01"));

  @TempDir private Path folder;
  private Warehouse warehouse;
  private int runs;

  @BeforeEach
  void anEmptyWarehouse() {
    warehouse = EmptyWarehouses.at(folder.resolve("stripe.duckdb"));
  }

  @Test
  void rowsOfPublishedTablesAreReadAsFactsOfTheirCustomers(TestPipeline pipeline) {
    publish(
        Tables.FCT_MRR_MOVEMENTS,
        aMovement("cus_1", "2024-01-10", 24_000),
        aMovement("cus_2", "2024-02-20", 60_000));

    PCollection<String> facts =
        pipeline
            .apply(ReadCustomerFacts.from(warehouse))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        fact ->
                            fact.getKey()
                                + " "
                                + fact.getValue().getChange().getDay()
                                + " "
                                + fact.getValue().getChange().getArrMinorAfter()));

    PAssert.that(facts).containsInAnyOrder("cus_1 2024-01-10 24000", "cus_2 2024-02-20 60000");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aCustomerIsLookedAtWheneverAMonthEnds(TestPipeline pipeline) {
    publish(Tables.DIM_PRICE, aMonthlyPrice());
    List<KV<String, CustomerFact>> facts =
        aCustomer()
            .revenue("2024-01-10", "new", 24_000)
            .subscribed("2024-01-10", "2024-03-10", "starter", 24_000)
            .leaves("2024-03-10", "voluntary")
            .facts()
            .stream()
            .map(fact -> KV.of("cus_1", fact))
            .toList();
    Publication publication = publication();

    PCollection<String> months =
        pipeline
            .apply(
                Create.of(facts)
                    .withCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(CustomerFact.class))))
            .apply(ObserveCustomers.of(warehouse, ZoneOffset.UTC, AS_OF, publication))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        month ->
                            month.getFeatures().getMonth()
                                + " billed every "
                                + month.getFeatures().getBillingMonths()
                                + ", "
                                + month.getOutcome1m()));

    PAssert.that(months)
        .containsInAnyOrder(
            "2024-01-01 billed every 1, stayed", "2024-02-01 billed every 1, voluntary");
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void everyMonthIsScoredAsTheModelsThatWereFittedToAllOfThemSay(TestPipeline pipeline) {
    List<ObservedMonth> months =
        SyntheticMonths.observed(1, 8, f -> f.getFailedAttemptsOpen() > 0 ? 0.3 : 0.02);
    Publication publication = publication();

    PCollection<ChurnRisk> risks =
        pipeline
            .apply(Create.of(months).withCoder(RowCoder.of(ObservedMonth.class)))
            .apply(PredictChurn.of(AS_OF, "usd", publication));

    List<ChurnRisk> expected = scoredByThemselves(months);
    assertThat(expected, hasItem(hasProbability()));
    PAssert.that(risks).containsInAnyOrder(expected);
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  private static Matcher<ChurnRisk> hasProbability() {
    return hasProperty("p1m", notNullValue());
  }

  /** Without a pipeline. */
  private static List<ChurnRisk> scoredByThemselves(List<ObservedMonth> months) {
    List<CountedMonth> counted =
        CountOutcomes.counted(List.of(months.stream().map(CountOutcomes::one).toList()));
    ChurnModels models = ChurnModels.fit(counted, AS_OF);
    EvaluateModels.Evaluation evaluation = new EvaluateModels(models, counted, AS_OF).evaluate();
    ScoreCustomer scorer = new ScoreCustomer(models, evaluation.gates(), "usd");
    return months.stream().map(scorer::score).flatMap(Optional::stream).toList();
  }

  private static PriceMember aMonthlyPrice() {
    return PriceMember.builder()
        .setPriceKey(1)
        .setPriceId("price_month")
        .setProductKey(1)
        .setType("recurring")
        .setBillingScheme("per_unit")
        .setRecurringInterval("month")
        .setRecurringIntervalCount(1L)
        .setIsActive(true)
        .build();
  }

  private Publication publication() {
    runs++;
    return warehouse.publication("run_" + runs, EVER, Instant.parse("2026-01-01T00:00:00Z"));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> void publish(WarehouseTable<T> table, T... rows) {
    Pipeline pipeline = Pipeline.create(TestPipeline.testingPipelineOptions());
    Publication publication = publication();
    pipeline
        .apply(Create.of(List.of(rows)).withCoder(table.coder()))
        .apply(publication.load(table));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }
}
