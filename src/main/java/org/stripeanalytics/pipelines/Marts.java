package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.BENCHMARKS;
import static org.stripeanalytics.contract.Tables.BENCHMARK_POSITION;
import static org.stripeanalytics.contract.Tables.CHURN_MONTHLY;
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
import static org.stripeanalytics.contract.Tables.MRR_MONTHLY;
import static org.stripeanalytics.contract.Tables.PAYMENT_HEALTH_MONTHLY;
import static org.stripeanalytics.contract.Tables.REFUNDS_DISPUTES_MONTHLY;
import static org.stripeanalytics.contract.Tables.RETENTION_COHORTS;
import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;
import static org.stripeanalytics.contract.Tables.TRIAL_FUNNEL;
import static org.stripeanalytics.contract.Tables.UNIT_ECONOMICS_MONTHLY;

import com.google.common.base.CaseFormat;
import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
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
import org.stripeanalytics.marts.MeasureMrr;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.SegmentKey;
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
import org.stripeanalytics.model.marts.ChurnMonthly;
import org.stripeanalytics.model.marts.MetricAnomaly;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;
import org.stripeanalytics.model.marts.RevenueDaily;
import org.stripeanalytics.model.marts.TrialFunnel;
import org.stripeanalytics.model.seeds.Benchmark;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.SeedFile;
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
    PCollection<KV<SegmentKey, Sums<MrrMeasure>>> measures =
        timelines.apply("MeasureMrr", MeasureMrr.of(policies));
    PCollection<MrrDaily> mrr =
        load(MRR_DAILY, measures.apply("ComputeMrrDaily", ComputeMrrDaily.of(interval, policies)));
    load(
        MRR_MONTHLY, measures.apply("ComputeMrrMonthly", ComputeMrrMonthly.of(interval, policies)));

    PCollection<MrrMovement> movements = withEarlier(FCT_MRR_MOVEMENTS, facts.movements());
    PCollection<CustomerMonth> months = withLastYear(facts.customerMonths());
    PCollection<ChurnMonthly> churn =
        load(
            CHURN_MONTHLY,
            movements.apply(
                "ComputeChurnMonthly", ComputeChurnMonthly.of(interval, policies, months)));
    load(
        RETENTION_COHORTS,
        movements.apply(
            "ComputeRetentionCohorts",
            ComputeRetentionCohorts.of(interval, policies, facts.customerMonths())));
    load(
        UNIT_ECONOMICS_MONTHLY,
        movements.apply(
            "ComputeUnitEconomicsMonthly",
            ComputeUnitEconomicsMonthly.of(
                interval,
                policies,
                months,
                withEarlierDays(FCT_MARKETING_SPEND, facts.spend(), "day"))));
    load(
        REVENUE_DAILY,
        facts
            .ledger()
            .apply(
                "ComputeRevenueDaily",
                ComputeRevenueDaily.of(
                    interval, policies, facts.payments(), dayBefore(timelines.getPipeline()))));

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
    PCollection<TrialFunnel> funnel =
        load(
            TRIAL_FUNNEL,
            customers.apply("ComputeTrialFunnel", ComputeTrialFunnel.of(asOf, policies)));
    load(
        PAYMENT_HEALTH_MONTHLY,
        withStored(
                INVOICE_SETTLEMENTS,
                outcomes.settlements(),
                InvoiceSettlement::getInvoiceId,
                InvoiceSettlement::getAsOf)
            .apply(
                "ComputePaymentHealthMonthly",
                ComputePaymentHealthMonthly.of(asOf, policies, movements)));
    PCollection<RefundsDisputesMonthly> incidents =
        load(
            REFUNDS_DISPUTES_MONTHLY,
            payments.apply(
                "ComputeRefundsDisputesMonthly",
                ComputeRefundsDisputesMonthly.of(
                    asOf,
                    policies,
                    refunds,
                    withStored(
                        FCT_DISPUTES,
                        facts.disputes(),
                        DisputeFact::getDisputeId,
                        DisputeFact::getAsOf))));
    load(METRIC_ANOMALIES, anomalies(timelines.getPipeline(), mrr, customers, payments, refunds));

    PCollection<Benchmark> benchmarks =
        timelines.getPipeline().apply("ReadBenchmarks", SeedFile.of(BENCHMARKS).read());
    load(
        BENCHMARK_POSITION,
        benchmarks.apply(
            "ComputeBenchmarkPosition", ComputeBenchmarkPosition.of(churn, funnel, incidents)));
  }

  private PCollection<MetricAnomaly> anomalies(
      Pipeline pipeline,
      PCollection<MrrDaily> mrr,
      PCollection<CustomerMilestones> customers,
      PCollection<PaymentFact> payments,
      PCollection<RefundFact> refunds) {
    DataInterval needed = ComputeMetricAnomalies.daysNeeded(interval);
    PCollectionTuple raw = pipeline.apply("CountRawRows", CountRawRows.of(warehouse, needed));
    PCollection<WatchedDay> mrrChanges =
        with(mrr, TableRead.of(MRR_DAILY).during(before(needed.from())))
            .apply("WatchMrrChanges", WatchMrrChanges.create());
    return PCollectionList.of(mrrChanges)
        .and(
            customers.apply(
                "CountSignups",
                CountByDay.of(WatchedMetric.SIGNUPS, CustomerMilestones::getSignedUpOn)))
        .and(
            payments
                .apply("TakeFailed", Filter.by(payment -> payment.getStatus().equals("failed")))
                .apply(
                    "CountPaymentFailures",
                    CountByDay.of(WatchedMetric.PAYMENT_FAILURES, PaymentFact::getDay)))
        .and(
            refunds.apply("CountRefunds", CountByDay.of(WatchedMetric.REFUNDS, RefundFact::getDay)))
        .and(raw.get(CountRawRows.getCountsTag()))
        .apply("FlattenWatched", Flatten.pCollections())
        .apply(
            "ComputeMetricAnomalies",
            ComputeMetricAnomalies.of(interval, raw.get(CountRawRows.getFirstDaysTag())));
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

  private PCollection<RevenueDaily> dayBefore(Pipeline pipeline) {
    return pipeline.apply(
        "ReadDayBeforeRevenueDaily",
        warehouse.read(TableRead.of(REVENUE_DAILY).during(before(interval.from().minusDays(1)))));
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
