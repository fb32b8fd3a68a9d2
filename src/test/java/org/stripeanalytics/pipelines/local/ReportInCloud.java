package org.stripeanalytics.pipelines.local;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseOptions;

/**
 * A process that does what the report's job does in the cloud, against a BigQuery and a bucket that
 * are elsewhere: their addresses are its arguments, and then the directory.
 */
public final class ReportInCloud {
  public static void main(String[] args) throws IOException {
    Main command = new Main(Terminal.ofProcess(), Clock.systemUTC());
    if (command.run(List.of("report", "--help")) != ExitStatus.DONE) {
      throw new IllegalStateException("the command cannot be started");
    }
    GcsOptions bucket = PipelineOptionsFactory.as(GcsOptions.class);
    bucket.setGcsEndpoint(args[1]);
    bucket.setCredentialFactoryClass(NoopCredentialFactory.class);
    FileSystems.setDefaultPipelineOptions(bucket);
    WarehouseOptions options = PipelineOptionsFactory.as(WarehouseOptions.class);
    options.setWarehouse("bigquery:a-project.dev");
    options.setWarehouseRegion("EU");
    options.as(BigQueryOptions.class).setBigQueryEndpoint(args[0]);
    options.as(BigQueryOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
    // The test reads there where the report is.
    System.out.println(
        WriteReport.write(
            WarehouseOptions.open(options, Clock.systemUTC()),
            args[2],
            Instant.parse("2025-04-01T06:00:00Z")));
    System.exit(ExitStatus.DONE);
  }

  private ReportInCloud() {}
}
