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
import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.facts.ComputeCustomerMonths;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.marts.AccountFact;
import org.stripeanalytics.marts.AccountMarts;
import org.stripeanalytics.marts.ComputeChurnMonthly;
import org.stripeanalytics.marts.ComputeMetricAnomalies;
import org.stripeanalytics.marts.ComputeMrrDaily;
import org.stripeanalytics.marts.ComputeMrrMonthly;
import org.stripeanalytics.marts.ComputePaymentHealthMonthly;
import org.stripeanalytics.marts.ComputeRefundsDisputesMonthly;
import org.stripeanalytics.marts.ComputeRetentionCohorts;
import org.stripeanalytics.marts.ComputeRevenueDaily;
import org.stripeanalytics.marts.ComputeSegmentMonthly;
import org.stripeanalytics.marts.ComputeTrialFunnel;
import org.stripeanalytics.marts.ComputeUnitEconomicsMonthly;
import org.stripeanalytics.marts.CountByDay;
import org.stripeanalytics.marts.CountRawRows;
import org.stripeanalytics.marts.GatherAccount;
import org.stripeanalytics.marts.LiveMarts;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.MeasureMrr;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.NewestEvent;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.marts.WatchMrrChanges;
import org.stripeanalytics.marts.WatchedDay;
import org.stripeanalytics.marts.WatchedMetric;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The marts: each one's transform, and its load. A run that does not begin at the beginning takes
 * what lies before it from the facts that are stored: the opening of marts that go on by interval,
 * and everything for those that are restated whole.
 */
final class Marts {
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

  void load(PCollection<CustomerTimeline> timelines, StarSchema.Facts facts) {
    ReportingFrame frame = policies.frame();
    ZoneId zone = frame.zone();
    MartInputs inputs = MartInputs.of(warehouse, interval, policies, timelines);
    PCollection<MrrMovement> movements = inputs.rows(FCT_MRR_MOVEMENTS);
    PCollection<CustomerMonth> months = inputs.rows(FCT_CUSTOMER_MONTHS);

    ComputeChurnMonthly churn = ComputeChurnMonthly.of(interval, frame, months);
    ComputeRetentionCohorts cohorts =
        ComputeRetentionCohorts.of(
            interval,
            frame,
            timelines.apply("ComputeCustomerMonths", ComputeCustomerMonths.in(zone)));
    ComputeUnitEconomicsMonthly economics =
        ComputeUnitEconomicsMonthly.of(interval, policies, months, allSpend(facts, inputs));
    ComputeSegmentMonthly stages = ComputeSegmentMonthly.of(interval, policies);
    ComputeTrialFunnel funnel = ComputeTrialFunnel.of(asOf, frame);
    ComputePaymentHealthMonthly health = ComputePaymentHealthMonthly.of(asOf, frame, movements);
    ComputeRefundsDisputesMonthly incidents =
        ComputeRefundsDisputesMonthly.of(
            asOf, frame, inputs.rows(FCT_REFUNDS), inputs.rows(FCT_DISPUTES));
    ComputeRevenueDaily revenue =
        ComputeRevenueDaily.of(
            interval,
            frame,
            timelines.apply("ComputePayments", ComputePayments.in(zone)),
            inputs.storedRows(REVENUE_DAILY).orElse(null));

    PCollection<KV<RowGroup, Sums<MrrMeasure>>> mrr =
        timelines.apply("MeasureMrr", MeasureMrr.of(frame));
    List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> monthly =
        List.of(
            mrr,
            timelines.apply("ComputeSegmentMonthly", stages),
            movements.apply("ComputeChurnMonthly", churn),
            movements.apply("ComputeRetentionCohorts", cohorts),
            movements.apply("ComputeUnitEconomicsMonthly", economics),
            inputs.rows(CUSTOMER_MILESTONES).apply("ComputeTrialFunnel", funnel),
            inputs.rows(INVOICE_SETTLEMENTS).apply("ComputePaymentHealthMonthly", health),
            inputs.rows(FCT_PAYMENTS).apply("ComputeRefundsDisputesMonthly", incidents));
    List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> daily =
        List.of(mrr, facts.ledger().apply("ComputeRevenueDaily", revenue));
    Mart<MrrMeasure, MrrMonthly> mrrMonthly = ComputeMrrMonthly.of(interval, frame);
    PCollection<AccountFact> ofAccount =
        SumsOfMarts.of(monthly, daily, zone)
            .load(
                List.of(
                    ComputeMrrDaily.of(interval, frame),
                    mrrMonthly,
                    revenue.mart(),
                    churn.mart(),
                    cohorts.mart(),
                    stages.mart(),
                    economics.mart(),
                    funnel.mart(),
                    health.mart(),
                    incidents.mart()),
                LiveMarts.of(mrrMonthly, health.mart(), funnel.mart(), asOf),
                AccountFact::ofRow,
                publication);
    PCollectionList.of(ofAccount)
        .and(earlierFigures(inputs))
        .and(watched(inputs))
        .and(
            timelines
                .getPipeline()
                .apply(
                    "CountRawRows",
                    CountRawRows.of(
                        warehouse,
                        ComputeMetricAnomalies.daysNeeded(interval),
                        new NewestEvent(warehouse, interval, policies.frame().livemode()))))
        .apply("FlattenAccount", Flatten.pCollections())
        .apply("GatherAccount", GatherAccount.create())
        .apply(
            "LoadAccountMarts",
            publication.loadAll(
                AccountMarts.TABLES, new AccountMarts(interval, frame.currency()), VoidCoder.of()));
  }

  /**
   * Figures of months before the interval, which may finish none itself: the newest of all is
   * compared with benchmarks.
   */
  private static List<PCollection<AccountFact>> earlierFigures(MartInputs inputs) {
    return Stream.of(figures(MRR_MONTHLY, inputs), figures(CHURN_MONTHLY, inputs))
        .flatMap(Optional::stream)
        .toList();
  }

  private static <T> Optional<PCollection<AccountFact>> figures(
      WarehouseTable<T> mart, MartInputs inputs) {
    return inputs
        .storedRows(mart)
        .map(
            rows ->
                rows.apply(
                    "FiguresOf" + mart.rowClass().getSimpleName(),
                    FlatMapElements.into(TypeDescriptor.of(AccountFact.class))
                        .via(AccountFact::figuresOf)));
  }

  /** What is watched day by day, beside the MRR that the run itself computes. */
  private PCollection<AccountFact> watched(MartInputs inputs) {
    PCollectionList<WatchedDay> days =
        PCollectionList.of(
                inputs
                    .rows(CUSTOMER_MILESTONES)
                    .apply(
                        "CountSignups",
                        CountByDay.of(
                            WatchedMetric.SIGNUPS,
                            customer -> Optional.of(customer.getSignedUpOn()))))
            .and(
                inputs
                    .rows(FCT_PAYMENTS)
                    .apply(
                        "CountPaymentFailures",
                        CountByDay.of(
                            WatchedMetric.PAYMENT_FAILURES,
                            payment ->
                                Optional.of(payment.getDay())
                                    .filter(day -> payment.getStatus().equals("failed")))))
            .and(
                inputs
                    .rows(FCT_REFUNDS)
                    .apply(
                        "CountRefunds",
                        CountByDay.of(
                            WatchedMetric.REFUNDS, refund -> Optional.of(refund.getDay()))));
    Optional<PCollection<MrrDaily>> earlier = inputs.storedRows(MRR_DAILY);
    if (earlier.isPresent()) {
      days = days.and(earlier.get().apply("WatchMrrChanges", WatchMrrChanges.create()));
    }
    return days.apply("FlattenWatched", Flatten.pCollections())
        .apply(
            "KnowWatched",
            MapElements.into(TypeDescriptor.of(AccountFact.class)).via(AccountFact::of));
  }

  private static PCollection<SpendFact> allSpend(StarSchema.Facts facts, MartInputs inputs) {
    return inputs
        .storedRows(FCT_MARKETING_SPEND)
        .map(
            earlier ->
                PCollectionList.of(facts.spend())
                    .and(earlier)
                    .apply("WithEarlierSpend", Flatten.pCollections()))
        .orElse(facts.spend());
  }
}
