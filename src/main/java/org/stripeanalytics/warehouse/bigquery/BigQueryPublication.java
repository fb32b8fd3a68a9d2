package org.stripeanalytics.warehouse.bigquery;

import org.stripeanalytics.warehouse.StagedPublication;

/** Stages rows in Avro files, which load jobs bring into tables that one script reads. */
final class BigQueryPublication extends StagedPublication {
  BigQueryPublication(BigQueryConnection connection, PublishScript script) {
    super(
        script.run().runId(),
        script.interval(),
        new AvroFiles(connection, script.run(), script.interval()),
        new PublishLoaded(connection, script));
  }
}
