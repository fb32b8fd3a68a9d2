package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.DIM_CHANNEL;
import static org.stripeanalytics.contract.Tables.FCT_BALANCE_TRANSACTIONS;
import static org.stripeanalytics.contract.Tables.FCT_MARKETING_SPEND;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.dimensions.ComputeDimChannel;
import org.stripeanalytics.dimensions.ComputeDimCustomer;
import org.stripeanalytics.dimensions.ComputeDimSubscription;
import org.stripeanalytics.facts.ComputeBalanceTransactions;
import org.stripeanalytics.facts.ComputeCustomerMonths;
import org.stripeanalytics.facts.ComputeDisputes;
import org.stripeanalytics.facts.ComputeInvoices;
import org.stripeanalytics.facts.ComputeMarketingSpend;
import org.stripeanalytics.facts.ComputeMrrMovements;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.facts.ComputeRefunds;
import org.stripeanalytics.facts.ComputeSubscriptionEvents;
import org.stripeanalytics.facts.LedgerVersion;
import org.stripeanalytics.facts.ReadSpend;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.ComputeCustomerMilestones;
import org.stripeanalytics.intermediate.ComputeCustomerState;
import org.stripeanalytics.intermediate.ComputeInvoiceSettlements;
import org.stripeanalytics.intermediate.ComputeObjectOwners;
import org.stripeanalytics.intermediate.ComputeSubscriptionSpells;
import org.stripeanalytics.intermediate.FindOwners;
import org.stripeanalytics.intermediate.LoadTimelines;
import org.stripeanalytics.intermediate.ReadStoredOwners;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.marts.ComputeCustomerSegments;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/** The tables between {@code raw} and the marts: each one's transform, and its load. */
final class StarSchema {
  private final Warehouse warehouse;
  private final DataInterval interval;
  private final MetricPolicies policies;
  private final ZoneId zone;
  private final Publication publication;

  /**
   * @param interval the days that are folded, from the first of a month
   */
  StarSchema(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      Publication publication) {
    this.warehouse = warehouse;
    this.interval = interval;
    this.policies = policies;
    this.zone = policies.frame().zone();
    this.publication = publication;
  }

  /** Facts of the interval that no customer's timeline has. */
  record Facts(PCollection<LedgerEntry> ledger, PCollection<SpendFact> spend) {}

  /** The first instant that is folded. */
  Instant begin() {
    return Days.start(interval.from(), zone);
  }

  /** Loads what is made of one timeline after the other; all else takes them from here. */
  PCollection<CustomerTimeline> loadTimelines(PCollection<CustomerTimeline> folded) {
    return folded.apply("LoadTimelines", LoadTimelines.into(publication, tablesOfTimelines()));
  }

  /** They are loaded together; those that marts are made of are computed again where needed. */
  private ImmutableList<RowsOfTimelines<?>> tablesOfTimelines() {
    return ImmutableList.of(
        ComputeSubscriptionSpells.create(),
        ComputeCustomerState.create(),
        ComputeInvoiceSettlements.create(),
        ComputeCustomerMilestones.create(),
        ComputeObjectOwners.in(zone),
        ComputeDimCustomer.in(zone),
        ComputeDimSubscription.create(),
        ComputeSubscriptionEvents.in(zone),
        ComputeInvoices.in(zone),
        ComputeMrrMovements.of(policies.frame()),
        ComputeCustomerMonths.in(zone),
        ComputeCustomerSegments.of(policies),
        ComputePayments.in(zone),
        ComputeRefunds.in(zone),
        ComputeDisputes.in(zone));
  }

  /**
   * Whose the objects of earlier intervals are, of which changes or ledger entries ask.
   *
   * @return null where there are none, as in a first run
   */
  @Nullable PCollection<ObjectOwner> storedOwners(
      PCollection<Change> changes, PCollection<LedgerVersion> ledger) {
    ReadStoredOwners read = ReadStoredOwners.before(interval.from(), warehouse);
    if (!read.mayFindAny()) {
      return null;
    }
    return PCollectionList.of(changes.apply("AskedByChanges", FindOwners.asked(begin())))
        .and(ledger.apply("AskedByLedger", ComputeBalanceTransactions.asked()))
        .apply("FlattenAsked", Flatten.pCollections())
        .apply("ReadStoredOwners", read);
  }

  PCollection<LedgerVersion> readLedger(Pipeline pipeline) {
    return pipeline.apply(
        "ReadLedger",
        warehouse.read(
            TableRead.of(Tables.BALANCE_TRANSACTIONS).as(LedgerVersion.class).during(interval)));
  }

  Facts loadFacts(
      PCollection<CustomerTimeline> timelines,
      PCollection<LedgerVersion> ledger,
      @Nullable PCollection<ObjectOwner> storedOwners,
      PCollectionView<Iterable<Catalog>> catalog) {
    Pipeline pipeline = timelines.getPipeline();
    PCollection<SpendFact> spend =
        pipeline
            .apply("ReadSpend", ReadSpend.during(interval, warehouse))
            .apply(
                "ComputeMarketingSpend",
                ComputeMarketingSpend.of(catalog, policies.frame().currency()));
    timelines
        .apply("ComputeDimChannel", ComputeDimChannel.of(spend, zone))
        // Not the only rows of the table: its unknown member is made with the small tables.
        .apply(
            "LoadDimChannel",
            publication.loadAll(
                ImmutableSet.of(DIM_CHANNEL), new PutRows<>(DIM_CHANNEL), VoidCoder.of()));
    return new Facts(
        load(
            FCT_BALANCE_TRANSACTIONS,
            ledger.apply(
                "ComputeBalanceTransactions",
                ComputeBalanceTransactions.of(
                    timelines.apply("ComputeObjectOwners", ComputeObjectOwners.in(zone)),
                    storedOwners,
                    catalog,
                    policies.frame()))),
        load(FCT_MARKETING_SPEND, spend));
  }

  private <T> PCollection<T> load(WarehouseTable<T> table, PCollection<T> rows) {
    String name = CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, table.contract().table());
    rows.apply("Load" + name.replaceFirst("^Fct", ""), publication.load(table));
    return rows;
  }

  /** Rows that are there already, for a table that gets others too. */
  private record PutRows<T>(WarehouseTable<T> table) implements RowGenerator<T, Void> {
    @Override
    public void generate(T row, RowSink rows, Consumer<Void> aside) {
      rows.put(table, row);
    }
  }
}
