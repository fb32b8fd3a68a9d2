package org.stripeanalytics.warehouse.bigquery;

import static java.util.stream.Collectors.joining;

import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.MultimapBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Brings the Avro files of an execution into its staging tables, which expire by themselves, all
 * tables beside each other.
 */
record LoadJobs(ContractTables tables, RunStamp run) {
  /** As many as BigQuery takes for one job. */
  private static final int MOST_FILES = 10_000;

  /**
   * Loads what was staged; a table of which nothing was staged is made without a row. What an
   * earlier try of the same execution has loaded is found, or replaced if it staged other files.
   *
   * @throws IOException when a load fails, with BigQuery's reason
   */
  void load(OnceOnlyJobs jobs, List<WarehouseTable<?>> loaded, List<StagedRows> staged)
      throws IOException {
    ListMultimap<String, String> files = MultimapBuilder.treeKeys().arrayListValues().build();
    staged.forEach(batch -> files.put(batch.getTable(), batch.getLocation()));
    tables.createLoads(jobs.client());
    Map<String, JobConfiguration> first = new LinkedHashMap<>();
    Map<String, JobConfiguration> more = new LinkedHashMap<>();
    for (WarehouseTable<?> table : loaded) {
      List<String> sorted = files.get(table.name()).stream().sorted().toList();
      if (sorted.isEmpty()) {
        tables.createEmptyStaging(jobs.client(), table.contract(), run);
      }
      Map<String, JobConfiguration> replacing = first;
      for (List<String> part : Lists.partition(sorted, MOST_FILES)) {
        replacing.put(
            jobId(table, part),
            load(table.contract(), part, replacing == first ? "WRITE_TRUNCATE" : "WRITE_APPEND"));
        replacing = more;
      }
    }
    jobs.runAll(first);
    jobs.runAll(more);
  }

  /** The names of all files, which differ if anything was staged anew. */
  static String files(List<StagedRows> staged) {
    return staged.stream().map(StagedRows::getLocation).sorted().collect(joining("\n"));
  }

  private String jobId(WarehouseTable<?> table, List<String> files) {
    return run.jobId("load_" + table.name().replace('.', '_'), String.join("\n", files));
  }

  JobConfiguration load(Contract contract, List<String> files, String disposition) {
    return new JobConfiguration()
        .setLoad(
            new JobConfigurationLoad()
                .setSourceUris(files)
                .setSourceFormat("AVRO")
                .setUseAvroLogicalTypes(true)
                .setSchema(ContractTables.stagingSchema(contract))
                .setDestinationTable(tables.names().staging(contract, run))
                .setDestinationTableProperties(tables.stagingProperties(contract, run))
                .setCreateDisposition("CREATE_IF_NEEDED")
                .setWriteDisposition(disposition));
  }
}
