package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.ATTRIBUTION_MONTHLY;
import static org.stripeanalytics.marts.AttributionMeasure.CUSTOMERS_PPM;
import static org.stripeanalytics.marts.AttributionMeasure.EVENTS;
import static org.stripeanalytics.marts.AttributionMeasure.EXPANSIONS;
import static org.stripeanalytics.marts.AttributionMeasure.FIRST_PAYMENTS;
import static org.stripeanalytics.marts.AttributionMeasure.NEW_MRR;
import static org.stripeanalytics.marts.AttributionMeasure.REVENUE;
import static org.stripeanalytics.marts.AttributionMeasure.SPEND;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.attribution.AttributionModel;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.facts.AttributedConversion;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.marts.AttributionMonthly;

/**
 * {@code marts.attribution_monthly}: one row per month, model, channel and campaign, from its first
 * conversion or spend to the last month that has ended. Conversions count in the month in which
 * they happened and spend in the month of its day, so CAC compares a month's customers with the
 * month's spend, as unit economics do, though some of it wins customers later.
 *
 * <p>Each first payment is one customer, divided by its weights, which every model makes of the
 * customer's own visits: Markov's parts are therefore not those of all conversions divided at once,
 * as {@code scripts/pipeline attribute} divides them. Revenue is what these customers paid in
 * twelve months from then on; it, the return and the payback are unknown until the twelve months
 * have passed for whoever began on the last day of the month. Payback takes revenue to come evenly
 * over the twelve months. Money is in minor units of the reporting currency. Measures carry the day
 * as their event time and are summed in calendar months of the reporting zone. Definitions: {@code
 * schemas/marts/attribution_monthly.json}.
 */
public final class ComputeAttributionMonthly
    extends PTransform<
        PCollection<AttributedConversion>, PCollection<KV<RowGroup, Sums<AttributionMeasure>>>> {
  private static final String FIRST_PAYMENT = "first_payment";
  private static final char SEPARATOR = '\n';
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

  private final PCollection<SpendFact> spend;
  private final LocalDate asOf;
  private final ZoneId zone;
  private final String currency;
  private final BigDecimal grossMargin;

  private ComputeAttributionMonthly(
      PCollection<SpendFact> spend,
      LocalDate asOf,
      ZoneId zone,
      String currency,
      BigDecimal grossMargin) {
    this.spend = spend;
    this.asOf = asOf;
    this.zone = zone;
    this.currency = currency;
    this.grossMargin = grossMargin;
  }

  /**
   * @param spend what was spent before {@code asOf}
   * @param asOf the day whose start is the present
   * @param currency that of all amounts
   * @param grossMargin the share of revenue that is left after serving it
   */
  public static ComputeAttributionMonthly of(
      PCollection<SpendFact> spend,
      LocalDate asOf,
      ZoneId zone,
      String currency,
      BigDecimal grossMargin) {
    return new ComputeAttributionMonthly(spend, asOf, zone, currency, grossMargin);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<AttributionMeasure>>> expand(
      PCollection<AttributedConversion> conversions) {
    return PCollectionList.of(
            conversions.apply(
                "MeasureConversions",
                MeasureFacts.of(
                    AttributionMeasure.class,
                    zone,
                    row -> List.of(group(row.getModel(), row.getChannel(), row.getCampaign())),
                    (row, count) -> count.accept(row.getConvertedOn(), conversion(row)))))
        .and(
            spend.apply(
                "MeasureSpend",
                MeasureFacts.of(
                    AttributionMeasure.class,
                    zone,
                    ComputeAttributionMonthly::ofEveryModel,
                    (row, count) -> count.accept(row.getDay(), spent(row)))))
        .apply("ConversionsAndSpend", Flatten.pCollections());
  }

  private static Sums<AttributionMeasure> conversion(AttributedConversion row) {
    Sums<AttributionMeasure> event = Sums.of(EVENTS, 1);
    return row.getConversion().equals(FIRST_PAYMENT)
        ? event
            .with(CUSTOMERS_PPM, row.getWeightPpm())
            .with(FIRST_PAYMENTS, row.getAmountMinor())
            .with(NEW_MRR, row.getNewMrrMinor())
            .with(REVENUE, row.getRevenue12mMinor())
        : event.with(EXPANSIONS, row.getAmountMinor());
  }

  private static Sums<AttributionMeasure> spent(SpendFact row) {
    return Sums.of(EVENTS, 1).with(SPEND, row.getAmountReportingMinor());
  }

  /** Spend is there whatever the model, so that every model has all of it. */
  private static List<RowGroup> ofEveryModel(SpendFact row) {
    return Arrays.stream(AttributionModel.values())
        .map(model -> group(model.id(), row.getChannel(), row.getCampaign()))
        .collect(ImmutableList.toImmutableList());
  }

  private static RowGroup group(String model, String channel, String campaign) {
    return RowGroup.of(
        AttributionMeasure.class, SegmentKey.of(model, channel + SEPARATOR + campaign));
  }

  /** How its rows follow from the sums. */
  public Mart<AttributionMeasure, AttributionMonthly> mart() {
    LocalDate present = asOf;
    String ofAmounts = currency;
    BigDecimal margin = grossMargin;
    return new Mart<>(
        ATTRIBUTION_MONTHLY,
        Grain.MONTH,
        AttributionMeasure.class,
        EVENTS,
        DataInterval.of(LocalDate.EPOCH, asOf),
        month -> row(month, present, ofAmounts, margin));
  }

  private static AttributionMonthly row(
      RolledPeriod<AttributionMeasure> month, LocalDate asOf, String currency, BigDecimal margin) {
    Sums<AttributionMeasure> in = month.moved();
    String origin = month.key().getSegmentValue();
    int end = origin.indexOf(SEPARATOR);
    // Whoever began on the last day of the month has its twelve months behind it.
    boolean passed = !month.period().plusMonths(13).isAfter(asOf);
    @Nullable BigDecimal revenue = passed ? BigDecimal.valueOf(in.get(REVENUE)) : null;
    BigDecimal spend = BigDecimal.valueOf(in.get(SPEND));
    BigDecimal ppm = BigDecimal.valueOf(in.get(CUSTOMERS_PPM));
    return AttributionMonthly.builder()
        .setMonth(month.period())
        .setModel(month.key().getSegment())
        .setChannel(origin.substring(0, end))
        .setCampaign(origin.substring(end + 1))
        .setCustomers(Ratio.of(ppm, MILLION))
        .setFirstPaymentMinor(in.get(FIRST_PAYMENTS))
        .setNewMrrMinor(in.get(NEW_MRR))
        .setExpansionMrrMinor(in.get(EXPANSIONS))
        .setRevenue12mMinor(passed ? in.get(REVENUE) : null)
        .setSpendMinor(in.get(SPEND))
        .setCacMinor(quotient(spend.multiply(MILLION), ppm))
        .setRoas(quotient(revenue, spend))
        .setPaybackMonths(
            revenue == null ? null : quotient(spend.multiply(MONTHS), revenue.multiply(margin)))
        .setCurrency(currency)
        .build();
  }

  /** Null where either is unknown, or nothing is divided by. */
  private static @Nullable BigDecimal quotient(@Nullable BigDecimal part, BigDecimal whole) {
    return part == null || whole.signum() == 0 ? null : Ratio.of(part, whole);
  }
}
