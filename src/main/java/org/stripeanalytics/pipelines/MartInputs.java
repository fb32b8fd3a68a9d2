package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.CHURN_MONTHLY;
import static org.stripeanalytics.contract.Tables.CUSTOMER_MILESTONES;
import static org.stripeanalytics.contract.Tables.FCT_CUSTOMER_MONTHS;
import static org.stripeanalytics.contract.Tables.FCT_DISPUTES;
import static org.stripeanalytics.contract.Tables.FCT_MARKETING_SPEND;
import static org.stripeanalytics.contract.Tables.FCT_MRR_MOVEMENTS;
import static org.stripeanalytics.contract.Tables.FCT_PAYMENTS;
import static org.stripeanalytics.contract.Tables.FCT_REFUNDS;
import static org.stripeanalytics.contract.Tables.INVOICE_SETTLEMENTS;
import static org.stripeanalytics.contract.Tables.MRR_DAILY;
import static org.stripeanalytics.contract.Tables.MRR_MONTHLY;
import static org.stripeanalytics.contract.Tables.PAYMENT_HEALTH_MONTHLY;
import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;
import static org.stripeanalytics.contract.Tables.TRIAL_FUNNEL;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.facts.ComputeCustomerMonths;
import org.stripeanalytics.facts.ComputeDisputes;
import org.stripeanalytics.facts.ComputeMrrMovements;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.facts.ComputeRefunds;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.ComputeCustomerMilestones;
import org.stripeanalytics.intermediate.ComputeInvoiceSettlements;
import org.stripeanalytics.intermediate.RowsOfTimelines;
import org.stripeanalytics.intermediate.TablesOfTimelines;
import org.stripeanalytics.marts.ComputeMetricAnomalies;
import org.stripeanalytics.marts.SegmentKey;
import org.stripeanalytics.marts.WithStored;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.RowOfTable;
import org.stripeanalytics.warehouse.SplitByTable;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The rows that marts are made of: those that a run makes, and those that earlier runs have stored
 * and the run does not replace. All tables go through the same few steps.
 *
 * @param split the rows by table
 * @param stored tables that have stored rows
 */
record MartInputs(PCollectionTuple split, ImmutableList<WarehouseTable<?>> stored) {
  private static final int MONTHS_LOOKED_BACK = 12;

  private static final ImmutableList<WarehouseTable<?>> TABLES =
      ImmutableList.of(
          CUSTOMER_MILESTONES,
          INVOICE_SETTLEMENTS,
          FCT_PAYMENTS,
          FCT_REFUNDS,
          FCT_DISPUTES,
          FCT_MRR_MOVEMENTS,
          FCT_CUSTOMER_MONTHS,
          FCT_MARKETING_SPEND,
          MRR_DAILY,
          REVENUE_DAILY,
          MRR_MONTHLY,
          CHURN_MONTHLY);

  private static final ImmutableList<WarehouseTable<?>> TABLES_OF_OPEN_MONTH =
      ImmutableList.of(
          CUSTOMER_MILESTONES,
          INVOICE_SETTLEMENTS,
          FCT_MRR_MOVEMENTS,
          PAYMENT_HEALTH_MONTHLY,
          TRIAL_FUNNEL,
          REVENUE_DAILY);

  /** Everything that all marts need. */
  static MartInputs of(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      PCollection<CustomerTimeline> timelines) {
    Coder<RowOfTable> coder = RowOfTable.coder(TABLES);
    PCollection<RowOfTable> made =
        timelines.apply("MakeFacts", TablesOfTimelines.of(made(policies), coder));
    ImmutableList<TableRead<?>> reads = held(reads(interval), warehouse);
    return of(
        TABLES,
        reads,
        reads.isEmpty()
            ? made
            : made.apply(
                "WithStored", WithStored.of(stored(reads, coder, warehouse, made.getPipeline()))));
  }

  /**
   * What the marts of the open month need: its own rows, and which segment values the months before
   * have known.
   */
  static MartInputs ofOpenMonth(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      PCollection<CustomerTimeline> timelines) {
    Coder<RowOfTable> coder = RowOfTable.coder(TABLES_OF_OPEN_MONTH);
    PCollection<RowOfTable> made =
        timelines.apply(
            "MakeFacts",
            TablesOfTimelines.of(
                ImmutableList.of(
                    ComputeCustomerMilestones.create(),
                    ComputeInvoiceSettlements.create(),
                    ComputeMrrMovements.of(policies.frame())),
                coder));
    ImmutableList<TableRead<?>> reads = held(readsOfOpenMonth(interval), warehouse);
    return of(
        TABLES_OF_OPEN_MONTH,
        reads,
        reads.isEmpty()
            ? made
            : PCollectionList.of(made)
                .and(stored(reads, coder, warehouse, made.getPipeline()))
                .apply("WithStored", Flatten.pCollections()));
  }

  private static MartInputs of(
      ImmutableList<WarehouseTable<?>> tables,
      ImmutableList<TableRead<?>> reads,
      PCollection<RowOfTable> rows) {
    return new MartInputs(
        rows.apply("SplitFacts", SplitByTable.of(tables)),
        reads.stream().map(TableRead::table).collect(ImmutableList.toImmutableList()));
  }

  private static ImmutableList<TableRead<?>> held(List<TableRead<?>> reads, Warehouse warehouse) {
    return reads.stream().filter(warehouse::mayHold).collect(ImmutableList.toImmutableList());
  }

  private static PCollection<RowOfTable> stored(
      ImmutableList<TableRead<?>> reads,
      Coder<RowOfTable> coder,
      Warehouse warehouse,
      Pipeline pipeline) {
    return pipeline.apply(
        "ReadStored",
        warehouse.readAll(
            reads.stream()
                .<MappedRead<?, RowOfTable>>map(MartInputs::mapped)
                .collect(ImmutableList.toImmutableList()),
            coder));
  }

  /** The rows of the run, and the stored ones that it needs. */
  <T> PCollection<T> rows(WarehouseTable<T> table) {
    return SplitByTable.rowsOf(table, split);
  }

  /** Only the stored ones, of a table that no timeline has rows of. */
  <T> Optional<PCollection<T>> storedRows(WarehouseTable<T> table) {
    return stored.contains(table) ? Optional.of(rows(table)) : Optional.empty();
  }

  private static ImmutableList<RowsOfTimelines<?>> made(MetricPolicies policies) {
    ZoneId zone = policies.frame().zone();
    return ImmutableList.of(
        ComputeCustomerMilestones.create(),
        ComputeInvoiceSettlements.create(),
        ComputePayments.in(zone),
        ComputeRefunds.in(zone),
        ComputeDisputes.in(zone),
        ComputeMrrMovements.of(policies.frame()),
        ComputeCustomerMonths.in(zone));
  }

  private static List<TableRead<?>> reads(DataInterval interval) {
    LocalDate from = interval.from();
    return ImmutableList.of(
        // As the publication is going to: rows as of the interval's days give way.
        TableRead.of(CUSTOMER_MILESTONES).outside("_as_of", interval),
        TableRead.of(INVOICE_SETTLEMENTS).outside("_as_of", interval),
        TableRead.of(FCT_PAYMENTS).outside("_as_of", interval),
        TableRead.of(FCT_REFUNDS).outside("_as_of", interval),
        TableRead.of(FCT_DISPUTES).outside("_as_of", interval),
        TableRead.of(FCT_MRR_MOVEMENTS).during(DataInterval.of(LocalDate.EPOCH, from)),
        TableRead.of(FCT_CUSTOMER_MONTHS)
            .during(DataInterval.of(from.minusMonths(MONTHS_LOOKED_BACK), from)),
        TableRead.of(FCT_MARKETING_SPEND).before("day", from),
        TableRead.of(MRR_DAILY)
            .during(DataInterval.of(ComputeMetricAnomalies.daysNeeded(interval).from(), from)),
        dayBefore(interval),
        ofAccount(MRR_MONTHLY, from),
        ofAccount(CHURN_MONTHLY, from));
  }

  /** Rows that have figures of the account as a whole. */
  private static TableRead<?> ofAccount(WarehouseTable<?> mart, LocalDate before) {
    return TableRead.of(mart)
        .before("month", before)
        .having("segment", ImmutableList.of(SegmentKey.ALL));
  }

  private static List<TableRead<?>> readsOfOpenMonth(DataInterval interval) {
    DataInterval monthBefore = DataInterval.of(interval.from().minusMonths(1), interval.from());
    return ImmutableList.of(
        TableRead.of(PAYMENT_HEALTH_MONTHLY).within("month", monthBefore),
        TableRead.of(TRIAL_FUNNEL).within("signup_month", monthBefore),
        dayBefore(interval));
  }

  private static TableRead<?> dayBefore(DataInterval interval) {
    LocalDate from = interval.from();
    return TableRead.of(REVENUE_DAILY).during(DataInterval.of(from.minusDays(1), from));
  }

  private static <T> MappedRead<T, RowOfTable> mapped(TableRead<T> read) {
    WarehouseTable<?> table = read.table();
    return new MappedRead<>(read, row -> Optional.of(new RowOfTable(table, row)));
  }
}
