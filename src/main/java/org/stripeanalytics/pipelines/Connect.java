package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.acquisition.AttributeConversions;
import org.stripeanalytics.acquisition.CollectJourneys;
import org.stripeanalytics.acquisition.CustomerJourney;
import org.stripeanalytics.acquisition.ListTouchpoints;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.dimensions.ComputeDimCustomerProfile;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.identity.ReadClues;
import org.stripeanalytics.identity.ResolveIdentities;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.AttributedConversion;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.relations.CollectRelations;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Connects Stripe's customers with what other sources know of them, and divides what they pay among
 * the visits that brought them. It is apart from {@link Transform}, so that an account without
 * other sources pays nothing for them.
 */
public final class Connect {
  static final PipelineMain<ConnectOptions> PIPELINE =
      new PipelineMain<>(
          "connect", Connect.class, ConnectOptions.class, ConnectOptions::check, Connect::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(ConnectOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    LocalDate asOf = AsOfOptions.asOf(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    PCollection<Clue> clues = pipeline.apply("ReadClues", ReadClues.from(warehouse));
    PCollection<Identity> identities = clues.apply("ResolveIdentities", ResolveIdentities.create());
    identities.apply("LoadIdentities", publication.load(Tables.IDENTITIES));
    clues
        .apply("ComputeDimCustomerProfile", ComputeDimCustomerProfile.of(identities))
        .apply("LoadDimCustomerProfile", publication.load(Tables.DIM_CUSTOMER_PROFILE));
    PCollection<CustomerJourney> journeys =
        identities.apply(
            "CollectJourneys", CollectJourneys.of(warehouse, ConnectOptions.rules(options)));
    journeys
        .apply("ListTouchpoints", ListTouchpoints.create())
        .apply("LoadTouchpoints", publication.load(Tables.FCT_TOUCHPOINTS));
    PCollection<AttributedConversion> attributed =
        journeys.apply(
            "AttributeConversions", AttributeConversions.in(options.getReportingCurrency()));
    attributed.apply("LoadAttribution", publication.load(Tables.FCT_ATTRIBUTION));
    RelationMarts.of(options)
        .load(
            identities.apply(
                "CollectRelations",
                CollectRelations.of(warehouse, WarehouseOptions.reportingZone(options), asOf)),
            attributed,
            pipeline.apply(
                "ReadSpend",
                warehouse.read(TableRead.of(Tables.FCT_MARKETING_SPEND).before("day", asOf))),
            publication);
    pipeline
        .apply("Publish", publication)
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.of(PIPELINE, options, interval, asOf)));
    return pipeline.run();
  }

  private Connect() {}
}
