package org.stripeanalytics.forecast;

import static org.stripeanalytics.contract.Tables.CHURN_FEATURES;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Brings the facts of each customer together, looks at them at the end of every month, and loads
 * {@code marts.churn_features}. Input: bounded, in the global window. Output: the same months, with
 * what came of them.
 */
public final class ObserveCustomers
    extends PTransform<PCollection<KV<String, CustomerFact>>, PCollection<ObservedMonth>>
    implements UsesTables {
  private static final TableRead<PriceTerms> PRICES =
      TableRead.of(Tables.DIM_PRICE).as(PriceTerms.class);

  private final Warehouse warehouse;
  private final ZoneId zone;
  private final LocalDate asOf;
  private final Publication publication;

  private ObserveCustomers(
      Warehouse warehouse, ZoneId zone, LocalDate asOf, Publication publication) {
    this.warehouse = warehouse;
    this.zone = zone;
    this.asOf = asOf;
    this.publication = publication;
  }

  /**
   * @param zone of the days and months
   * @param asOf first day of which nothing is known
   */
  public static ObserveCustomers of(
      Warehouse warehouse, ZoneId zone, LocalDate asOf, Publication publication) {
    return new ObserveCustomers(warehouse, zone, asOf, publication);
  }

  @Override
  public List<TableRead<?>> tableReads() {
    return ImmutableList.of(PRICES);
  }

  @Override
  public PCollection<ObservedMonth> expand(PCollection<KV<String, CustomerFact>> facts) {
    return facts
        .apply("GroupByCustomer", GroupByKey.create())
        .apply(
            "LoadChurnFeatures",
            publication.loadAll(
                ImmutableSet.of(CHURN_FEATURES),
                new Observe(warehouse, zone, asOf),
                RowCoder.of(ObservedMonth.class)));
  }

  /** Months between two bills, by price; prices by the day or week have none. */
  static Map<String, Integer> billingMonths(List<PriceTerms> prices) {
    Map<String, Integer> months = new HashMap<>();
    for (PriceTerms price : prices) {
      Integer ofInterval = MONTHS.get(String.valueOf(price.getRecurringInterval()));
      if (ofInterval != null) {
        Long count = price.getRecurringIntervalCount();
        months.put(price.getPriceId(), ofInterval * (count == null ? 1 : count.intValue()));
      }
    }
    return months;
  }

  private static final ImmutableMap<String, Integer> MONTHS =
      ImmutableMap.of("month", 1, "year", 12);

  private static final class Observe
      implements RowGenerator<KV<String, Iterable<CustomerFact>>, ObservedMonth> {
    private final Warehouse warehouse;
    private final ZoneId zone;
    private final LocalDate asOf;
    private transient @Nullable Map<String, Integer> billingMonths;

    Observe(Warehouse warehouse, ZoneId zone, LocalDate asOf) {
      this.warehouse = warehouse;
      this.zone = zone;
      this.asOf = asOf;
    }

    @Override
    public void prepare() {
      billingMonths = billingMonths(warehouse.list(PRICES));
    }

    @Override
    public void generate(
        KV<String, Iterable<CustomerFact>> customer, RowSink rows, Consumer<ObservedMonth> aside) {
      for (ObservedMonth month :
          KnownHistory.of(customer.getValue(), billingMonths, zone, asOf).months()) {
        rows.put(CHURN_FEATURES, month.getFeatures());
        aside.accept(month);
      }
    }
  }
}
