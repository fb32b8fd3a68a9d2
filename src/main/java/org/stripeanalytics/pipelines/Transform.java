package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.facts.LedgerVersion;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.intermediate.FindOwners;
import org.stripeanalytics.intermediate.FoldCustomers;
import org.stripeanalytics.intermediate.ReadCatalog;
import org.stripeanalytics.intermediate.ReadChanges;
import org.stripeanalytics.intermediate.ReportLateChanges;
import org.stripeanalytics.intermediate.RequirePrecedingState;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TableRead;
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
    DataInterval months = TransformOptions.folded(options);
    MetricPolicies policies = TransformOptions.policies(options);
    Publication publication =
        warehouse
            .publication(options.getRunId(), interval, RunOptions.ingestedAt(options))
            .restating(RunContexts.restating(PIPELINE, options));

    // A first run has to make what no later one of the same month changes.
    boolean open =
        TransformOptions.isOpen(options) && warehouse.mayHold(TableRead.of(Tables.DIM_DATE));
    SmallTables small = new SmallTables(months, options.getFiscalYearStart(), open);
    Pipeline pipeline = Pipeline.create(options);
    PCollectionView<Iterable<Catalog>> catalog =
        pipeline
            .apply("RequirePrecedingState", RequirePrecedingState.of(warehouse, months))
            .apply("ReadCatalog", ReadCatalog.of(warehouse, AsOfOptions.asOf(options)))
            .apply(
                "LoadSmallTables",
                publication.loadAll(small.tables(), small, SerializableCoder.of(Catalog.class)))
            // Without a default: a fold that does not get it has to fail instead of finding every
            // plan unknown.
            .apply("ShareCatalog", View.asIterable());
    StarSchema star = new StarSchema(warehouse, months, policies, publication);
    PCollection<Change> changes =
        pipeline.apply("ReadChanges", ReadChanges.from(warehouse, months, policies.frame()));
    PCollection<LedgerVersion> ledger = star.readLedger(pipeline);
    @Nullable PCollection<ObjectOwner> storedOwners = star.storedOwners(changes, ledger);
    PCollection<CustomerTimeline> folded =
        changes
            .apply("FindOwners", FindOwners.among(star.begin(), storedOwners))
            .apply("FoldCustomers", FoldCustomers.of(months, policies, catalog));

    PCollection<CustomerTimeline> timelines = star.loadTimelines(folded);
    timelines.apply("ReportLateChanges", ReportLateChanges.of(months));
    StarSchema.Facts facts = star.loadFacts(timelines, ledger, storedOwners, catalog);
    if (open) {
      new OpenMarts(warehouse, months, policies, publication).load(timelines, facts);
    } else {
      new Marts(warehouse, months, policies, publication).load(timelines, facts);
    }

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
