package org.stripeanalytics.streaming;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.Streams;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.streaming.CustomerArrivals.CustomerArrivalsCoder;

/**
 * Brings together what a warehouse knows of each customer, and folds it once: what is summed of it
 * and what is followed later have to agree on it, whatever is known of prices by then. Bounded.
 */
final class FoldStored
    extends PTransform<
        PCollection<KV<String, Arrival>>, PCollection<KV<String, CustomerArrivals>>> {
  private final LocalDate month;
  private final LocalDate asOf;
  private final MetricPolicies policies;
  private final CatalogSource catalog;

  private FoldStored(
      LocalDate month, LocalDate asOf, MetricPolicies policies, CatalogSource catalog) {
    this.month = month;
    this.asOf = asOf;
    this.policies = policies;
    this.catalog = catalog;
  }

  /**
   * @param month first of the first open month
   * @param asOf first day that is not folded before a change of it comes
   */
  static FoldStored since(
      LocalDate month, LocalDate asOf, MetricPolicies policies, CatalogSource catalog) {
    return new FoldStored(month, asOf, policies, catalog);
  }

  @Override
  public PCollection<KV<String, CustomerArrivals>> expand(PCollection<KV<String, Arrival>> stored) {
    return stored
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupStored", GroupByKey.create())
        .apply("Fold", ParDo.of(new FoldFn(month, asOf, policies, catalog)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), new CustomerArrivalsCoder()));
  }

  private static final class FoldFn
      extends DoFn<KV<String, Iterable<Arrival>>, KV<String, CustomerArrivals>> {
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
        @Element KV<String, Iterable<Arrival>> customer,
        OutputReceiver<KV<String, CustomerArrivals>> output) {
      ZoneId zone = policies.frame().zone();
      List<Arrival> arrivals = Streams.stream(customer.getValue()).collect(toImmutableList());
      LiveContribution contribution =
          LiveCustomer.unknown(customer.getKey(), month, asOf)
              .with(arrivals, zone)
              .folded(refreshed::fold, zone)
              .contribution();
      output.output(KV.of(customer.getKey(), new CustomerArrivals(arrivals, contribution)));
    }
  }
}
