package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.BENCHMARK_POSITION;
import static org.stripeanalytics.contract.Tables.CUSTOMER_MILESTONES;
import static org.stripeanalytics.contract.Tables.FCT_CUSTOMER_MONTHS;
import static org.stripeanalytics.contract.Tables.FCT_DISPUTES;
import static org.stripeanalytics.contract.Tables.FCT_MARKETING_SPEND;
import static org.stripeanalytics.contract.Tables.FCT_MRR_MOVEMENTS;
import static org.stripeanalytics.contract.Tables.FCT_PAYMENTS;
import static org.stripeanalytics.contract.Tables.FCT_REFUNDS;
import static org.stripeanalytics.contract.Tables.INVOICE_SETTLEMENTS;
import static org.stripeanalytics.contract.Tables.METRIC_ANOMALIES;
import static org.stripeanalytics.contract.Tables.MRR_DAILY;
import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;

import com.google.common.base.CaseFormat;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.marts.AccountFigure;
import org.stripeanalytics.marts.ComputeBenchmarkPosition;
import org.stripeanalytics.marts.ComputeChurnMonthly;
import org.stripeanalytics.marts.ComputeMetricAnomalies;
import org.stripeanalytics.marts.ComputeMrrDaily;
import org.stripeanalytics.marts.ComputeMrrMonthly;
import org.stripeanalytics.marts.ComputePaymentHealthMonthly;
import org.stripeanalytics.marts.ComputeRefundsDisputesMonthly;
import org.stripeanalytics.marts.ComputeRetentionCohorts;
import org.stripeanalytics.marts.ComputeRevenueDaily;
import org.stripeanalytics.marts.ComputeTrialFunnel;
import org.stripeanalytics.marts.ComputeUnitEconomicsMonthly;
import org.stripeanalytics.marts.CountByDay;
import org.stripeanalytics.marts.CountRawRows;
import org.stripeanalytics.marts.Grain;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.MeasureMrr;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.RollForward;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.SumByPeriod;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.marts.WatchMrrChanges;
import org.stripeanalytics.marts.WatchedDay;
import org.stripeanalytics.marts.WatchedMetric;
import org.stripeanalytics.marts.WithStored;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.marts.RevenueDaily;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The marts: each one's transform, and its load. A run that does not begin at the beginning takes
 * what lies before it from the facts that are stored: the opening of marts that go on by interval,
 * and everything for those that are restated whole.
 */
final class Marts {
  private static final int MONTHS_LOOKED_BACK = 12;

  private final Warehouse warehouse;
  private final DataInterval interval;
  private final LocalDate asOf;
  private final MetricPolicies policies;
  private final Publication publication;

  /**
   * @param interval the days that are folded, from the first of a month up to the present
   */
  Marts(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      Publication publication) {
    this.warehouse = warehouse;
    this.interval = interval;
    this.asOf = interval.to();
    this.policies = policies;
    this.publication = publication;
  }

  void load(
      PCollection<CustomerTimeline> timelines,
      StarSchema.Outcomes outcomes,
      StarSchema.Facts facts) {
    PCollection<MrrMovement> movements = withEarlier(FCT_MRR_MOVEMENTS, facts.movements());
    PCollection<CustomerMonth> months = withLastYear(facts.customerMonths());
    PCollection<CustomerMilestones> customers =
        withStored(
            CUSTOMER_MILESTONES,
            outcomes.milestones(),
            CustomerMilestones::getCustomerId,
            CustomerMilestones::getAsOf);
    PCollection<PaymentFact> payments =
        withStored(FCT_PAYMENTS, facts.payments(), PaymentFact::getChargeId, PaymentFact::getAsOf);
    PCollection<RefundFact> refunds =
        withStored(FCT_REFUNDS, facts.refunds(), RefundFact::getRefundId, RefundFact::getAsOf);

    ComputeChurnMonthly churn = ComputeChurnMonthly.of(interval, policies, months);
    ComputeRetentionCohorts cohorts =
        ComputeRetentionCohorts.of(interval, policies, facts.customerMonths());
    ComputeUnitEconomicsMonthly economics =
        ComputeUnitEconomicsMonthly.of(
            interval, policies, months, withEarlierDays(FCT_MARKETING_SPEND, facts.spend(), "day"));
    ComputeTrialFunnel funnel = ComputeTrialFunnel.of(asOf, policies);
    ComputePaymentHealthMonthly health = ComputePaymentHealthMonthly.of(asOf, policies, movements);
    ComputeRefundsDisputesMonthly incidents =
        ComputeRefundsDisputesMonthly.of(
            asOf,
            policies,
            refunds,
            withStored(
                FCT_DISPUTES, facts.disputes(), DisputeFact::getDisputeId, DisputeFact::getAsOf));
    ComputeRevenueDaily revenue =
        ComputeRevenueDaily.of(
            interval, policies, facts.payments(), dayBefore(timelines.getPipeline()));

    PCollection<KV<RowGroup, Sums<MrrMeasure>>> mrr =
        timelines.apply("MeasureMrr", MeasureMrr.of(policies));
    PCollection<AccountFigure> figures =
        rollForward(
            "MonthlyMarts",
            Grain.MONTH,
            List.of(
                ComputeMrrMonthly.of(interval, policies),
                churn.mart(),
                cohorts.mart(),
                economics.mart(),
                funnel.mart(),
                health.mart(),
                incidents.mart()),
            List.of(
                mrr,
                movements.apply("ComputeChurnMonthly", churn),
                movements.apply("ComputeRetentionCohorts", cohorts),
                movements.apply("ComputeUnitEconomicsMonthly", economics),
                customers.apply("ComputeTrialFunnel", funnel),
                withStored(
                        INVOICE_SETTLEMENTS,
                        outcomes.settlements(),
                        InvoiceSettlement::getInvoiceId,
                        InvoiceSettlement::getAsOf)
                    .apply("ComputePaymentHealthMonthly", health),
                payments.apply("ComputeRefundsDisputesMonthly", incidents)),
            AccountFigure::ofRow,
            RowCoder.of(AccountFigure.class));
    load(
        BENCHMARK_POSITION,
        figures.apply("ComputeBenchmarkPosition", ComputeBenchmarkPosition.create()));
    PCollection<WatchedDay> mrrChanges =
        rollForward(
            "DailyMarts",
            Grain.DAY,
            List.of(ComputeMrrDaily.of(interval, policies), revenue.mart()),
            List.of(mrr, facts.ledger().apply("ComputeRevenueDaily", revenue)),
            WatchedDay::ofRow,
            RowCoder.of(WatchedDay.class));
    load(
        METRIC_ANOMALIES,
        anomalies(timelines.getPipeline(), mrrChanges, customers, payments, refunds));
  }

  /**
   * Sums what the marts of one grain measure, and loads their rows.
   *
   * @param derived what else their rows are good for, which is the output
   */
  private <M extends Enum<M>, X> PCollection<X> rollForward(
      String name,
      Grain grain,
      List<Mart<?, ?>> marts,
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> measures,
      RollForward.Derived<X> derived,
      Coder<X> derivedCoder) {
    RollForward<M, X> roll = RollForward.into(marts, derived);
    return RollForward.<M>together(measures)
        .apply("Flatten" + name, Flatten.pCollections())
        .apply("Sum" + name, SumByPeriod.of(grain, policies.reportingZone()))
        .apply("Load" + name, publication.loadAll(roll.tables(), roll, derivedCoder));
  }

  private PCollection<MetricAnomaly> anomalies(
      Pipeline pipeline,
      PCollection<WatchedDay> mrrChanges,
      PCollection<CustomerMilestones> customers,
      PCollection<PaymentFact> payments,
      PCollection<RefundFact> refunds) {
    DataInterval needed = ComputeMetricAnomalies.daysNeeded(interval);
    return PCollectionList.of(withEarlier(mrrChanges, before(needed.from())))
        .and(
            customers.apply(
                "CountSignups",
                CountByDay.of(
                    WatchedMetric.SIGNUPS, customer -> Optional.of(customer.getSignedUpOn()))))
        .and(
            payments.apply(
                "CountPaymentFailures",
                CountByDay.of(
                    WatchedMetric.PAYMENT_FAILURES,
                    payment ->
                        Optional.of(payment.getDay())
                            .filter(day -> payment.getStatus().equals("failed")))))
        .and(
            refunds.apply(
                "CountRefunds",
                CountByDay.of(WatchedMetric.REFUNDS, refund -> Optional.of(refund.getDay()))))
        .and(pipeline.apply("CountRawRows", CountRawRows.of(warehouse, needed)))
        .apply("FlattenWatched", Flatten.pCollections())
        .apply("ComputeMetricAnomalies", ComputeMetricAnomalies.of(interval));
  }

  /** What MRR did on the days before the interval, as they are stored, and on those of the run. */
  private PCollection<WatchedDay> withEarlier(PCollection<WatchedDay> made, DataInterval days) {
    TableRead<MrrDaily> earlier = TableRead.of(MRR_DAILY).during(days);
    if (!warehouse.mayHold(earlier)) {
      return made;
    }
    return PCollectionList.of(made)
        .and(
            made.getPipeline()
                .apply("ReadEarlierMrrDaily", warehouse.read(earlier))
                .apply("WatchMrrChanges", WatchMrrChanges.create()))
        .apply("WithEarlierMrrChanges", Flatten.pCollections());
  }

  /** The rows of a table partitioned by day that lie before the interval, and those of the run. */
  private <T> PCollection<T> withEarlier(WarehouseTable<T> table, PCollection<T> made) {
    return with(made, TableRead.of(table).during(before(LocalDate.EPOCH)));
  }

  /** The same for a table without partitions. */
  private <T> PCollection<T> withEarlierDays(
      WarehouseTable<T> table, PCollection<T> made, String dayColumn) {
    return with(made, TableRead.of(table).before(dayColumn, interval.from()));
  }

  private PCollection<CustomerMonth> withLastYear(PCollection<CustomerMonth> made) {
    return with(
        made,
        TableRead.of(FCT_CUSTOMER_MONTHS)
            .during(before(interval.from().minusMonths(MONTHS_LOOKED_BACK))));
  }

  private DataInterval before(LocalDate from) {
    return DataInterval.of(from, interval.from());
  }

  private <T> PCollection<T> with(PCollection<T> made, TableRead<T> earlier) {
    if (!warehouse.mayHold(earlier)) {
      return made;
    }
    WarehouseTable<?> table = earlier.table();
    return PCollectionList.of(made)
        .and(made.getPipeline().apply("ReadEarlier" + name(table), warehouse.read(earlier)))
        .apply("WithEarlier" + name(table), Flatten.pCollections());
  }

  private @Nullable PCollection<RevenueDaily> dayBefore(Pipeline pipeline) {
    TableRead<RevenueDaily> dayBefore =
        TableRead.of(REVENUE_DAILY).during(before(interval.from().minusDays(1)));
    return warehouse.mayHold(dayBefore)
        ? pipeline.apply("ReadDayBeforeRevenueDaily", warehouse.read(dayBefore))
        : null;
  }

  private <T> PCollection<T> withStored(
      WarehouseTable<T> table,
      PCollection<T> made,
      SerializableFunction<T, String> key,
      SerializableFunction<T, LocalDate> asOf) {
    // As the publication is going to: rows as of the interval's days give way.
    TableRead<T> others = TableRead.of(table).outside("_as_of", interval);
    if (!warehouse.mayHold(others)) {
      return made;
    }
    PCollection<T> stored =
        made.getPipeline().apply("ReadStored" + name(table), warehouse.read(others));
    return made.apply("WithStored" + name(table), WithStored.of(stored, key, asOf));
  }

  private <T> PCollection<T> load(WarehouseTable<T> table, PCollection<T> rows) {
    rows.apply("Load" + name(table), publication.load(table));
    return rows;
  }

  private static String name(WarehouseTable<?> table) {
    return CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, table.contract().table());
  }
}
