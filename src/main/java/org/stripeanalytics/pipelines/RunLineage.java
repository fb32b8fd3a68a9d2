package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import org.stripeanalytics.observability.LineageChannel;
import org.stripeanalytics.observability.LineageRun;
import org.stripeanalytics.observability.secrets.SecretReference;

/** A run of a pipeline as lineage events name it. */
final class RunLineage {

  static LineageRun of(String pipeline, Manifest manifest, RunOptions options) {
    String warehouse = OptionsView.of(options, WarehouseOptions.class).getWarehouse();
    return new LineageRun(
        pipeline,
        manifest.description(),
        options.getRunId(),
        ImmutableList.copyOf(manifest.reads()),
        ImmutableList.copyOf(manifest.writes()),
        datasets(warehouse),
        new LineageChannel(
            LineageOptions.target(options, warehouse),
            options.getLineageKey() == null
                ? null
                : SecretReference.parse(options.getLineageKey())));
  }

  private static LineageRun.Datasets datasets(String warehouse) {
    if (WarehouseLocation.parse(warehouse) instanceof WarehouseLocation.BigQuery location) {
      String prefix = location.prefix().isEmpty() ? "" : location.prefix() + "_";
      return new LineageRun.Datasets("bigquery", location.project() + "." + prefix);
    }
    if (WarehouseLocation.parse(warehouse) instanceof WarehouseLocation.PostgreSql location) {
      String prefix = location.prefix().isEmpty() ? "" : location.prefix() + "_";
      return new LineageRun.Datasets(
          "postgres://" + location.host() + ":" + location.port(),
          location.database() + "." + prefix);
    }
    return new LineageRun.Datasets("duckdb", "");
  }

  private RunLineage() {}
}
