package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.DIM_CUSTOMER;
import static org.stripeanalytics.contract.Tables.DIM_DATE;
import static org.stripeanalytics.contract.Tables.FCT_MRR_MOVEMENTS;
import static org.stripeanalytics.contract.Tables.FX_RATES;
import static org.stripeanalytics.contract.Tables.GEOGRAPHY;
import static org.stripeanalytics.contract.Tables.MRR_DAILY;
import static org.stripeanalytics.contract.Tables.MRR_MONTHLY;
import static org.stripeanalytics.contract.Tables.SUBSCRIPTION_SPELLS;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.dimensions.ComputeDimCustomer;
import org.stripeanalytics.dimensions.ComputeDimDate;
import org.stripeanalytics.facts.ComputeMrrMovements;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.intermediate.ComputeSubscriptionSpells;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.FoldCustomers;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.ReadCatalog;
import org.stripeanalytics.intermediate.ReadChanges;
import org.stripeanalytics.marts.ComputeMrrDaily;
import org.stripeanalytics.marts.ComputeMrrMonthly;
import org.stripeanalytics.marts.MeasureMrr;
import org.stripeanalytics.marts.MrrMeasure;
import org.stripeanalytics.marts.SegmentKey;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.model.seeds.Geography;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Computes everything below {@code raw}: one shuffle brings each customer's changes together, one
 * fold makes a timeline of them, and every table is a function of the timelines.
 */
public final class Transform {
  static final PipelineMain<TransformOptions> PIPELINE =
      new PipelineMain<>(
          "transform",
          Transform.class,
          TransformOptions.class,
          TransformOptions::check,
          Transform::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(TransformOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    DataInterval known = DataInterval.of(interval.from(), AsOfOptions.asOf(options));
    MetricPolicies policies = PolicyOptions.policies(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    PCollection<FxRate> rates = pipeline.apply("ReadFxRates", SeedFile.of(FX_RATES).read());
    rates.apply("LoadFxRates", publication.load(FX_RATES));
    PCollection<Geography> countries =
        pipeline.apply("ReadGeography", SeedFile.of(GEOGRAPHY).read());
    countries.apply("LoadGeography", publication.load(GEOGRAPHY));

    PCollectionView<Catalog> catalog =
        pipeline.apply("ReadCatalog", ReadCatalog.of(warehouse, rates, countries));
    PCollection<CustomerTimeline> timelines =
        pipeline
            .apply("ReadChanges", ReadChanges.from(warehouse, known))
            .apply("FoldCustomers", FoldCustomers.of(known, policies, catalog));

    timelines
        .apply("ComputeSubscriptionSpells", ComputeSubscriptionSpells.create())
        .apply("LoadSubscriptionSpells", publication.load(SUBSCRIPTION_SPELLS));
    pipeline
        .apply("ComputeDimDate", ComputeDimDate.create())
        .apply("LoadDimDate", publication.load(DIM_DATE));
    timelines
        .apply("ComputeDimCustomer", ComputeDimCustomer.of(policies))
        .apply("LoadDimCustomer", publication.load(DIM_CUSTOMER));
    timelines
        .apply("ComputeMrrMovements", ComputeMrrMovements.of(policies))
        .apply("LoadMrrMovements", publication.load(FCT_MRR_MOVEMENTS));

    PCollection<KV<SegmentKey, Sums<MrrMeasure>>> measures =
        timelines.apply("MeasureMrr", MeasureMrr.of(policies));
    measures
        .apply("ComputeMrrDaily", ComputeMrrDaily.of(known, policies))
        .apply("LoadMrrDaily", publication.load(MRR_DAILY));
    measures
        .apply("ComputeMrrMonthly", ComputeMrrMonthly.of(known, policies))
        .apply("LoadMrrMonthly", publication.load(MRR_MONTHLY));

    pipeline
        .apply("Publish", publication)
        .apply(
            "RecordRun",
            RecordRun.in(
                warehouse, RunContexts.of(PIPELINE, options, interval, AsOfOptions.asOf(options))));
    return pipeline.run();
  }

  private Transform() {}
}
