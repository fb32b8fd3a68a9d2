package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.DIM_CHANNEL;
import static org.stripeanalytics.contract.Tables.FCT_BALANCE_TRANSACTIONS;
import static org.stripeanalytics.contract.Tables.FCT_MARKETING_SPEND;
import static org.stripeanalytics.contract.Tables.MARKETING_SPEND;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.values.PCollection;
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
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.intermediate.ComputeCustomerMilestones;
import org.stripeanalytics.intermediate.ComputeCustomerState;
import org.stripeanalytics.intermediate.ComputeInvoiceSettlements;
import org.stripeanalytics.intermediate.ComputeObjectOwners;
import org.stripeanalytics.intermediate.ComputeSubscriptionSpells;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.LoadTimelines;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.staging.LatestVersions;
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
    this.zone = policies.reportingZone();
    this.publication = publication;
  }

  /** What became of invoices and customers. */
  record Outcomes(
      PCollection<InvoiceSettlement> settlements, PCollection<CustomerMilestones> milestones) {}

  /** The facts that the marts are made of. */
  record Facts(
      PCollection<MrrMovement> movements,
      PCollection<CustomerMonth> customerMonths,
      PCollection<PaymentFact> payments,
      PCollection<RefundFact> refunds,
      PCollection<DisputeFact> disputes,
      PCollection<LedgerEntry> ledger,
      PCollection<SpendFact> spend) {}

  /** Loads what is made of one timeline after the other; all else takes them from here. */
  PCollection<CustomerTimeline> loadTimelines(PCollection<CustomerTimeline> folded) {
    return folded.apply("LoadTimelines", LoadTimelines.into(publication, tablesOfTimelines()));
  }

  Outcomes outcomes(PCollection<CustomerTimeline> timelines) {
    return new Outcomes(
        timelines.apply("ComputeInvoiceSettlements", ComputeInvoiceSettlements.create()),
        timelines.apply("ComputeCustomerMilestones", ComputeCustomerMilestones.create()));
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
        ComputeMrrMovements.of(policies),
        ComputeCustomerMonths.in(zone),
        ComputePayments.in(zone),
        ComputeRefunds.in(zone),
        ComputeDisputes.in(zone));
  }

  Facts loadFacts(
      PCollection<CustomerTimeline> timelines,
      @Nullable PCollection<ObjectOwner> storedOwners,
      PCollectionView<Catalog> catalog) {
    Pipeline pipeline = timelines.getPipeline();
    PCollection<MarketingSpend> spend = readSpend(pipeline);
    timelines
        .apply("ComputeDimChannel", ComputeDimChannel.of(spend, zone))
        // Not the only rows of the table: its unknown member is made with the small tables.
        .apply(
            "LoadDimChannel",
            publication.loadAll(
                ImmutableSet.of(DIM_CHANNEL), new PutRows<>(DIM_CHANNEL), VoidCoder.of()));
    return new Facts(
        timelines.apply("ComputeMrrMovements", ComputeMrrMovements.of(policies)),
        timelines.apply("ComputeCustomerMonths", ComputeCustomerMonths.in(zone)),
        timelines.apply("ComputePayments", ComputePayments.in(zone)),
        timelines.apply("ComputeRefunds", ComputeRefunds.in(zone)),
        timelines.apply("ComputeDisputes", ComputeDisputes.in(zone)),
        load(FCT_BALANCE_TRANSACTIONS, ledger(timelines, storedOwners, catalog)),
        load(
            FCT_MARKETING_SPEND,
            spend.apply(
                "ComputeMarketingSpend",
                ComputeMarketingSpend.of(catalog, policies.reportingCurrency()))));
  }

  private PCollection<LedgerEntry> ledger(
      PCollection<CustomerTimeline> timelines,
      @Nullable PCollection<ObjectOwner> storedOwners,
      PCollectionView<Catalog> catalog) {
    PCollection<ObjectOwner> owners =
        timelines.apply("ComputeObjectOwners", ComputeObjectOwners.in(zone));
    return timelines
        .getPipeline()
        .apply(
            "ReadLedger",
            warehouse.read(
                TableRead.of(Tables.BALANCE_TRANSACTIONS).as(LedgerVersion.class).during(interval)))
        .apply(
            "ComputeBalanceTransactions",
            ComputeBalanceTransactions.of(owners, storedOwners, catalog, policies));
  }

  private PCollection<MarketingSpend> readSpend(Pipeline pipeline) {
    return pipeline
        .apply("ReadMarketingSpend", warehouse.read(TableRead.of(MARKETING_SPEND).during(interval)))
        .apply(
            "LatestMarketingSpend",
            LatestVersions.of(
                MarketingSpend.class,
                row -> row.getDay() + " " + row.getChannel() + " " + row.getRegion()));
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
