package org.stripeanalytics.streaming;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.fold.CustomerFold;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveSums;

/**
 * Sums what the customers add to the live marts as the warehouse knows them, whole: nobody shall
 * see MRR climb from nothing while a job starts. Input: bounded, an element per customer. Output:
 * one element for each row and month, with a time in that month.
 */
final class SumStored
    extends PTransform<
        PCollection<KV<String, List<Arrival>>>,
        PCollection<KV<LiveContribution.Part, LiveSums<?>>>> {
  private final LocalDate month;
  private final LocalDate asOf;
  private final MetricPolicies policies;
  private final CatalogSource catalog;

  private SumStored(
      LocalDate month, LocalDate asOf, MetricPolicies policies, CatalogSource catalog) {
    this.month = month;
    this.asOf = asOf;
    this.policies = policies;
    this.catalog = catalog;
  }

  /**
   * @param month first of the first open month
   * @param asOf first day that the warehouse does not know
   */
  static SumStored since(
      LocalDate month, LocalDate asOf, MetricPolicies policies, CatalogSource catalog) {
    return new SumStored(month, asOf, policies, catalog);
  }

  /** What a customer adds of whom only this is known. */
  static LiveContribution contribution(
      String id,
      LocalDate month,
      LocalDate asOf,
      List<Arrival> stored,
      Function<LocalDate, CustomerFold> fold,
      MetricPolicies policies) {
    ZoneId zone = policies.reportingZone();
    return LiveCustomer.unknown(id, month, asOf)
        .with(stored, zone)
        .folded(fold, zone)
        .contribution();
  }

  @Override
  public PCollection<KV<LiveContribution.Part, LiveSums<?>>> expand(
      PCollection<KV<String, List<Arrival>>> customers) {
    return customers
        .apply("FoldStored", ParDo.of(new FoldFn(month, asOf, policies, catalog)))
        .setCoder(SumByMonth.coder())
        .apply("SumPerRow", Combine.perKey(SumByMonth.sumFn()))
        .setCoder(SumByMonth.coder())
        .apply("PutIntoMonths", ParDo.of(new PutIntoMonthFn(policies)))
        .setCoder(SumByMonth.coder());
  }

  private static final class FoldFn
      extends DoFn<KV<String, List<Arrival>>, KV<LiveContribution.Part, LiveSums<?>>> {
    private final LocalDate month;
    private final LocalDate asOf;
    private final MetricPolicies policies;
    private final CatalogSource catalog;
    private transient RefreshedCatalog refreshed;

    FoldFn(LocalDate month, LocalDate asOf, MetricPolicies policies, CatalogSource catalog) {
      this.month = month;
      this.asOf = asOf;
      this.policies = policies;
      this.catalog = catalog;
    }

    @Setup
    public void setup() {
      refreshed = new RefreshedCatalog(catalog, policies);
    }

    @ProcessElement
    public void fold(
        @Element KV<String, List<Arrival>> customer,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      contribution(customer.getKey(), month, asOf, customer.getValue(), refreshed::fold, policies)
          .parts()
          .forEach((part, sums) -> output.output(KV.of(part, sums)));
    }
  }

  private static final class PutIntoMonthFn
      extends DoFn<KV<LiveContribution.Part, LiveSums<?>>, KV<LiveContribution.Part, LiveSums<?>>> {
    private final MetricPolicies policies;

    PutIntoMonthFn(MetricPolicies policies) {
      this.policies = policies;
    }

    /** A grouping of all time ends after every month. */
    @Override
    @SuppressWarnings("deprecation")
    public org.joda.time.Duration getAllowedTimestampSkew() {
      return org.joda.time.Duration.millis(Long.MAX_VALUE);
    }

    @ProcessElement
    public void put(
        @Element KV<LiveContribution.Part, LiveSums<?>> sums,
        OutputReceiver<KV<LiveContribution.Part, LiveSums<?>>> output) {
      output.outputWithTimestamp(
          sums, EventTime.lastOf(sums.getKey().month(), policies.reportingZone()));
    }
  }
}
