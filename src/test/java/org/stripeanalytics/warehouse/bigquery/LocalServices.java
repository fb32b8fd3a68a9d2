package org.stripeanalytics.warehouse.bigquery;

import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServicesImpl;

/**
 * Beam's own services, which reach {@link LocalBigQuery} over HTTP, but for reads: those have no
 * HTTP form, so a client in this process serves them.
 */
final class LocalServices extends BigQueryServicesImpl {
  private final int port;

  LocalServices(LocalBigQuery local) {
    this.port = local.port();
  }

  @Override
  public StorageClient getStorageClient(BigQueryOptions options) {
    return new LocalStorageClient(LocalBigQuery.at(port));
  }
}
