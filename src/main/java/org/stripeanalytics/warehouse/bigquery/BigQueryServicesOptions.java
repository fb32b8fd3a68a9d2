package org.stripeanalytics.warehouse.bigquery;

import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.InstanceBuilder;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What stands in for BigQuery where a graph is built or run without it. */
@Hidden
public interface BigQueryServicesOptions extends PipelineOptions {
  @Description("The class through which tables are read, for tests. Default: BigQuery.")
  @Nullable Class<? extends BigQueryServices> getBigQueryServices();

  void setBigQueryServices(@Nullable Class<? extends BigQueryServices> value);

  /** An instance of the class that was given, if one was. */
  static @Nullable BigQueryServices services(BigQueryServicesOptions options) {
    Class<? extends BigQueryServices> type = options.getBigQueryServices();
    return type == null
        ? null
        : InstanceBuilder.ofType(BigQueryServices.class).fromClass(type).build();
  }
}
