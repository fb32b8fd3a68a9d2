package org.stripeanalytics.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.SeedFile;

/** The tables that are maintained by hand, in {@code schemas/seeds}. */
final class Seeds {

  /**
   * Loads all of them. They come from outside the warehouse as the raw tables do, so the pipelines
   * that load those load these along.
   */
  static void load(Pipeline pipeline, Publication publication) {
    load(pipeline, publication, Tables.GEOGRAPHY, "Geography");
    load(pipeline, publication, Tables.FX_RATES, "FxRates");
  }

  private static <T> void load(
      Pipeline pipeline, Publication publication, WarehouseTable<T> table, String name) {
    pipeline
        .apply("Read" + name, SeedFile.of(table).read())
        .apply("Load" + name, publication.load(table));
  }

  private Seeds() {}
}
