package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.CUSTOMER_MILESTONES;
import static org.stripeanalytics.contract.Tables.FCT_MRR_MOVEMENTS;
import static org.stripeanalytics.contract.Tables.INVOICE_SETTLEMENTS;
import static org.stripeanalytics.contract.Tables.PAYMENT_HEALTH_MONTHLY;
import static org.stripeanalytics.contract.Tables.REVENUE_DAILY;
import static org.stripeanalytics.contract.Tables.TRIAL_FUNNEL;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.marts.AccountFact;
import org.stripeanalytics.marts.ComputeMrrDaily;
import org.stripeanalytics.marts.ComputeMrrMonthly;
import org.stripeanalytics.marts.ComputePaymentHealthMonthly;
import org.stripeanalytics.marts.ComputeRevenueDaily;
import org.stripeanalytics.marts.ComputeTrialFunnel;
import org.stripeanalytics.marts.FindNewestEvent;
import org.stripeanalytics.marts.GatherAccount;
import org.stripeanalytics.marts.LiveMarts;
import org.stripeanalytics.marts.LiveRows;
import org.stripeanalytics.marts.MeasureMrr;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.NewestEvent;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The marts of the month that is not over: the live ones, and the rows of its days. They are made
 * of the month's own facts, by the transforms that make {@link Marts}, so a run that publishes
 * these alone reads next to nothing of what earlier months have left, however long the account's
 * history is.
 */
final class OpenMarts {
  private final Warehouse warehouse;
  private final DataInterval interval;
  private final LocalDate asOf;
  private final MetricPolicies policies;
  private final Publication publication;

  /**
   * @param interval the days that are folded, from the first of the month up to the present
   */
  OpenMarts(
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
    MartInputs inputs = MartInputs.ofOpenMonth(warehouse, interval, policies, timelines);
    ComputeTrialFunnel funnel = ComputeTrialFunnel.of(asOf, frame);
    ComputePaymentHealthMonthly health =
        ComputePaymentHealthMonthly.of(asOf, frame, inputs.rows(FCT_MRR_MOVEMENTS));
    ComputeRevenueDaily revenue =
        ComputeRevenueDaily.of(
            interval,
            frame,
            timelines.apply("ComputePayments", ComputePayments.in(zone)),
            inputs.storedRows(REVENUE_DAILY).orElse(null));
    PCollection<KV<RowGroup, Sums<MrrMeasure>>> mrr =
        timelines.apply("MeasureMrr", MeasureMrr.of(frame));

    ImmutableList.Builder<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> monthly =
        ImmutableList.builder();
    monthly.add(
        mrr,
        inputs.rows(CUSTOMER_MILESTONES).apply("ComputeTrialFunnel", funnel),
        inputs.rows(INVOICE_SETTLEMENTS).apply("ComputePaymentHealthMonthly", health));
    inputs
        .storedRows(TRIAL_FUNNEL)
        .ifPresent(rows -> monthly.add(ComputeTrialFunnel.opened(rows, zone)));
    inputs
        .storedRows(PAYMENT_HEALTH_MONTHLY)
        .ifPresent(rows -> monthly.add(ComputePaymentHealthMonthly.opened(rows, zone)));

    PCollection<AccountFact> rows =
        SumsOfMarts.of(
                monthly.build(),
                List.of(mrr, facts.ledger().apply("ComputeRevenueDaily", revenue)),
                zone)
            .load(
                List.of(ComputeMrrDaily.of(interval, frame), revenue.mart()),
                LiveMarts.of(
                    ComputeMrrMonthly.of(interval, frame), health.mart(), funnel.mart(), asOf),
                AccountFact::ofLiveRow,
                publication);
    loadLive(rows);
  }

  private void loadLive(PCollection<AccountFact> rows) {
    Pipeline pipeline = rows.getPipeline();
    PCollectionList.of(rows)
        .and(
            pipeline.apply(
                "FindNewestEvent",
                FindNewestEvent.of(
                    new NewestEvent(warehouse, interval, policies.frame().livemode()))))
        .apply("FlattenAccount", Flatten.pCollections())
        .apply("GatherAccount", GatherAccount.create())
        .apply(
            "LoadLiveMarts", publication.loadAll(LiveRows.TABLES, new LiveRows(), VoidCoder.of()));
  }
}
