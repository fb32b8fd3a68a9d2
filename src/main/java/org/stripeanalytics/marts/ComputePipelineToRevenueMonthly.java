package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.PIPELINE_TO_REVENUE_MONTHLY;
import static org.stripeanalytics.marts.DealMeasure.AMOUNT;
import static org.stripeanalytics.marts.DealMeasure.ARR;
import static org.stripeanalytics.marts.DealMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.DealMeasure.PAID_BEFORE;
import static org.stripeanalytics.marts.DealMeasure.PAID_LATER;
import static org.stripeanalytics.marts.DealMeasure.PAID_WITHIN;
import static org.stripeanalytics.marts.DealMeasure.UNRESOLVED;
import static org.stripeanalytics.marts.DealMeasure.WON;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.marts.PipelineToRevenueMonthly;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.relations.CustomerRelations;
import org.stripeanalytics.relations.Dealing;

/**
 * {@code marts.pipeline_to_revenue_monthly}: one row per month in which deals were won and source
 * of the deals, from its first won deal to the last month that has ended. A deal is paid if its
 * customer has paid anything: before the day on which the deal was won, within so many days from
 * it, or later. Amounts are in the currency of the source, whichever that is, so there is no row
 * for all sources, in which a deal that two sources have would stand twice besides. MRR is Stripe's
 * and in the reporting currency. Definitions: {@code
 * schemas/marts/pipeline_to_revenue_monthly.json}.
 */
public final class ComputePipelineToRevenueMonthly
    extends PTransform<
        PCollection<CustomerRelations>, PCollection<KV<RowGroup, Sums<DealMeasure>>>> {
  private static final String SEGMENT = "source";
  private static final int MILLIONTHS = 6;
  private static final int MEDIAN = 50;
  private static final int P90 = 90;

  private final LocalDate asOf;
  private final ZoneId zone;
  private final String currency;
  private final int withinDays;

  private ComputePipelineToRevenueMonthly(
      LocalDate asOf, ZoneId zone, String currency, int withinDays) {
    this.asOf = asOf;
    this.zone = zone;
    this.currency = currency;
    this.withinDays = withinDays;
  }

  /**
   * @param asOf the day whose start is the present
   * @param currency of MRR
   * @param withinDays how long after a deal was won a first payment is one within the days
   */
  public static ComputePipelineToRevenueMonthly of(
      LocalDate asOf, ZoneId zone, String currency, int withinDays) {
    return new ComputePipelineToRevenueMonthly(asOf, zone, currency, withinDays);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<DealMeasure>>> expand(
      PCollection<CustomerRelations> customers) {
    int within = withinDays;
    return customers
        .apply(
            "OfOneSource",
            FlatMapElements.into(TypeDescriptor.of(CustomerRelations.class))
                .via(ComputePipelineToRevenueMonthly::bySource))
        .setCoder(RowCoder.of(CustomerRelations.class))
        .apply(
            "MeasureDeals",
            MeasureFacts.bySegment(
                DealMeasure.class,
                zone,
                ofSource -> List.of(SegmentKey.of(SEGMENT, source(ofSource))),
                (ofSource, count) -> measure(ofSource, within, count)));
  }

  /** A customer with the deals of one source each time. */
  private static List<CustomerRelations> bySource(CustomerRelations customer) {
    Map<String, List<Dealing>> deals =
        customer.getWonDeals().stream()
            .collect(Collectors.groupingBy(Dealing::getSource, TreeMap::new, Collectors.toList()));
    return deals.values().stream()
        .map(ofSource -> customer.toBuilder().setWonDeals(ofSource).build())
        .toList();
  }

  private static String source(CustomerRelations ofSource) {
    return ofSource.getWonDeals().get(0).getSource();
  }

  private static void measure(
      CustomerRelations ofSource, int within, BiConsumer<LocalDate, Sums<DealMeasure>> count) {
    Set<LocalDate> months = new HashSet<>();
    for (Dealing deal : ofSource.getWonDeals()) {
      LocalDate month = Grain.MONTH.containing(deal.getDay());
      Sums<DealMeasure> sums =
          Sums.of(WON, 1)
              .with(AMOUNT, millionths(deal.getAmount()))
              .with(UNRESOLVED, ofSource.isResolved() ? 0 : 1);
      LocalDate paidOn = ofSource.getFirstPaidOn();
      if (paidOn != null) {
        long days = ChronoUnit.DAYS.between(deal.getDay(), paidOn);
        sums = sums.with(days < 0 ? PAID_BEFORE : days <= within ? PAID_WITHIN : PAID_LATER, 1);
        sums = days < 0 ? sums : sums.counting(String.valueOf(days));
      }
      if (ofSource.isResolved() && months.add(month)) {
        LocalDate last = Grain.MONTH.next(month).minusDays(1);
        sums = sums.with(CUSTOMERS, 1).with(ARR, ofSource.arrAtEndOf(last));
      }
      count.accept(deal.getDay(), sums);
    }
  }

  private static long millionths(@Nullable BigDecimal amount) {
    return amount == null
        ? 0
        : amount.movePointRight(MILLIONTHS).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  /** How its rows follow from the sums. */
  public Mart<DealMeasure, PipelineToRevenueMonthly> mart() {
    LocalDate present = asOf;
    int within = withinDays;
    MonthlyRevenue revenue = MonthlyRevenue.in(currency);
    return new Mart<>(
        PIPELINE_TO_REVENUE_MONTHLY,
        Grain.MONTH,
        DealMeasure.class,
        WON,
        DataInterval.of(LocalDate.EPOCH, asOf),
        month -> row(month, revenue, within, present));
  }

  private static PipelineToRevenueMonthly row(
      RolledPeriod<DealMeasure> month, MonthlyRevenue revenue, int within, LocalDate asOf) {
    Sums<DealMeasure> in = month.moved();
    long resolved = in.get(WON) - in.get(UNRESOLVED);
    long paidInTime = in.get(PAID_BEFORE) + in.get(PAID_WITHIN);
    boolean isMature = !asOf.isBefore(Grain.MONTH.next(month.period()).plusDays(within));
    return PipelineToRevenueMonthly.builder()
        .setMonth(month.period())
        .setSource(month.key().getSegmentValue())
        .setDealsWon(in.get(WON))
        .setDealsUnresolved(in.get(UNRESOLVED))
        .setAmountWon(BigDecimal.valueOf(in.get(AMOUNT), MILLIONTHS))
        .setCustomers(in.get(CUSTOMERS))
        .setDealsPaidBefore(in.get(PAID_BEFORE))
        .setDealsPaidWithin(in.get(PAID_WITHIN))
        .setDealsPaidLater(in.get(PAID_LATER))
        .setDealsUnpaid(resolved - paidInTime - in.get(PAID_LATER))
        .setPaidWithinDays((long) within)
        .setPaidWithinRate(isMature ? Ratio.orNull(paidInTime, resolved) : null)
        .setPaidRate(Ratio.orNull(paidInTime + in.get(PAID_LATER), resolved))
        .setDaysToPaymentMedian(Percentiles.of(in.counts(), MEDIAN))
        .setDaysToPaymentP90(Percentiles.of(in.counts(), P90))
        .setMrrEnd(revenue.perMonth(in.get(ARR)))
        .setIsMature(isMature)
        .build();
  }
}
