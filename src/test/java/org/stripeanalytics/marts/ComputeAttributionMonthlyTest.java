package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.facts.AttributedConversion;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.marts.AttributionMonthly;

@ExtendWith(TestPipelineExtension.class)
class ComputeAttributionMonthlyTest {

  /**
   * The published Markov chain, whose removal effects are as three to two: the customer who came by
   * both is divided so, and the others are whole.
   */
  @Test
  void partsOfCustomersAddUpAndDivideWhatWasSpent(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            won("cus_1", "2024-06-01", "ads", 1_000_000, 1000, 12_000),
            won("cus_2", "2024-06-15", "ads", 1_000_000, 1000, 8_000),
            won("cus_3", "2024-06-30", "mail", 1_000_000, 1000, 6_000),
            won("cus_4", "2024-06-30", "ads", 600_000, 600, 6_000),
            won("cus_4", "2024-06-30", "mail", 400_000, 400, 4_000)),
        List.of(spent("2024-06-03", "ads", "none", 2_000), spent("2024-06-04", "ads", "none", 600)),
        "2025-07-01",
        row -> row.getMonth().equals(day("2024-06-01")) && row.getModel().equals("markov"),
        row ->
            told(
                row.getChannel(),
                row.getCustomers(),
                row.getFirstPaymentMinor(),
                row.getNewMrrMinor(),
                row.getRevenue12mMinor(),
                row.getSpendMinor(),
                row.getCacMinor(),
                row.getRoas(),
                row.getPaybackMonths()),
        // 2,600 for 2.6 customers; 26,000 / 2,600; 12 × 2,600 / (26,000 × 0.8).
        "ads 2.6 2600 5200 26000 2600 1000 10 1.5",
        "mail 1.4 1400 2800 10000 0 0 - 0");
  }

  @Test
  void revenueIsUnknownUntilTwelveMonthsHavePassedForTheWholeMonth(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            won("cus_1", "2024-05-31", "ads", 1_000_000, 1000, 12_000),
            won("cus_2", "2024-06-01", "ads", 1_000_000, 1000, 12_000)),
        List.of(spent("2024-06-03", "ads", "none", 1_000)),
        "2025-06-30",
        row -> row.getRevenue12mMinor() == null && row.getCustomers().signum() > 0,
        row -> told(row.getMonth(), row.getCacMinor(), row.getRoas(), row.getPaybackMonths()),
        "2024-06-01 1000 - -");
  }

  @Test
  void spendWithoutConversionsHasARowUnderEveryModel(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(),
        List.of(spent("2024-06-03", "ads", "brand", 1_000)),
        "2024-07-01",
        row -> true,
        row ->
            told(
                row.getModel(),
                row.getCampaign(),
                row.getCustomers(),
                row.getSpendMinor(),
                row.getCacMinor()),
        "first brand 0 1000 -",
        "last brand 0 1000 -",
        "linear brand 0 1000 -",
        "position brand 0 1000 -",
        "time_decay brand 0 1000 -",
        "markov brand 0 1000 -",
        "shapley brand 0 1000 -");
  }

  /** 140.00 by position over three visits: 56, 28, 56. */
  @Test
  void expansionsAreMrrAndNoCustomersAndAMonthThatIsNotOverHasNoRow(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            expansion("position", "ads", 400_000, 5600),
            expansion("position", "mail", 200_000, 2800),
            expansion("position", "social", 400_000, 5600),
            won("cus_2", "2024-07-01", "mail", 1_000_000, 1000, 1_000)),
        List.of(),
        "2024-07-31",
        row -> true,
        row ->
            told(row.getMonth(), row.getChannel(), row.getCustomers(), row.getExpansionMrrMinor()),
        "2024-06-01 ads 0 5600",
        "2024-06-01 mail 0 2800",
        "2024-06-01 social 0 5600");
  }

  private static AttributedConversion expansion(
      String model, String channel, long weight, long mrr) {
    return aPart("cus_1", "2024-06-10", model, channel, weight)
        .setConversion("expansion")
        .setAmountMinor(mrr)
        .build();
  }

  private static String told(Object... cells) {
    List<String> words = new ArrayList<>();
    for (Object cell : cells) {
      words.add(
          cell == null
              ? "-"
              : cell instanceof BigDecimal number
                  ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()
                  : cell.toString());
    }
    return String.join(" ", words);
  }

  private static AttributedConversion won(
      String customer, String day, String channel, long weight, long amount, long revenue) {
    return aPart(customer, day, "markov", channel, weight)
        .setAmountMinor(amount)
        .setNewMrrMinor(2 * amount)
        .setRevenue12mMinor(revenue)
        .build();
  }

  private static AttributedConversion.Builder aPart(
      String customer, String day, String model, String channel, long weight) {
    return AttributedConversion.builder()
        .setConversionId(customer + "/" + day)
        .setCustomerId(customer)
        .setConversion("first_payment")
        .setConvertedOn(day(day))
        .setModel(model)
        .setChannel(channel)
        .setCampaign("none")
        .setWeightPpm(weight)
        .setAmountMinor(0)
        .setCurrency("usd")
        .setRevenue12mMinor(0);
  }

  private static SpendFact spent(String day, String channel, String campaign, long minor) {
    return Facts.spent(day, channel, "europe", 1).toBuilder()
        .setCampaign(campaign)
        .setAmountReportingMinor(minor)
        .build();
  }

  private static void assertRows(
      TestPipeline pipeline,
      List<AttributedConversion> conversions,
      List<SpendFact> spend,
      String asOf,
      SerializableFunction<AttributionMonthly, Boolean> of,
      SerializableFunction<AttributionMonthly, String> told,
      String... expected) {
    PCollection<SpendFact> spent =
        pipeline.apply("Spend", Create.of(spend).withCoder(Tables.FCT_MARKETING_SPEND.coder()));
    ComputeAttributionMonthly attribution =
        ComputeAttributionMonthly.of(
            spent, day(asOf), ZoneOffset.UTC, "usd", new BigDecimal("0.80"));
    PAssert.that(
            pipeline
                .apply(
                    "Conversions", Create.of(conversions).withCoder(Tables.FCT_ATTRIBUTION.coder()))
                .apply("ComputeAttributionMonthly", attribution)
                .apply("Rows", MartRows.of(attribution.mart(), ZoneOffset.UTC))
                .apply("Only", Filter.by(of))
                .apply("Tell", MapElements.into(TypeDescriptors.strings()).via(told)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }
}
