package org.stripeanalytics.pipelines;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.stripeanalytics.forecast.ForecastRevenue;
import org.stripeanalytics.forecast.ObserveCustomers;
import org.stripeanalytics.forecast.PredictChurn;
import org.stripeanalytics.forecast.ReadCustomerFacts;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.RecordRun;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Predicts from the published tables who will leave and what will be paid, and says how good such
 * predictions have been. It is apart from {@link Transform}, so that no model ever stands between
 * an account and its figures.
 */
public final class Predict {
  static final PipelineMain<PredictOptions> PIPELINE =
      new PipelineMain<>(
          "predict", Predict.class, PredictOptions.class, PredictOptions::check, Predict::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(PredictOptions options) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    DataInterval interval = IntervalOptions.interval(options);
    LocalDate asOf = AsOfOptions.asOf(options);
    ZoneId zone = WarehouseOptions.reportingZone(options);
    Publication publication =
        warehouse.publication(options.getRunId(), interval, RunOptions.ingestedAt(options));

    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("ReadCustomerFacts", ReadCustomerFacts.from(warehouse))
        .apply("ObserveCustomers", ObserveCustomers.of(warehouse, zone, asOf, publication))
        .apply("PredictChurn", PredictChurn.of(asOf, options.getReportingCurrency(), publication));
    pipeline.apply(
        "ForecastRevenue",
        ForecastRevenue.of(warehouse, asOf, new BigDecimal(options.getGrossMargin()), publication));
    pipeline
        .apply("Publish", publication)
        .apply(
            "RecordRun",
            RecordRun.in(warehouse, RunContexts.of(PIPELINE, options, interval, asOf)));
    return pipeline.run();
  }

  private Predict() {}
}
