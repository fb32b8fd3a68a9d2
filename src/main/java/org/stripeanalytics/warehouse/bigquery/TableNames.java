package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableReference;
import java.io.Serializable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;

/**
 * What the tables of the contracts are called in BigQuery: the dataset of a layer is the layer's
 * own name, behind the prefix of the environment if there is one, as in {@code dev_raw}.
 */
record TableNames(String project, String prefix) implements Serializable {

  String dataset(Layer layer) {
    return dataset(layer.id());
  }

  /** Where rows wait to be published; its tables expire by themselves. */
  String loadsDataset() {
    return dataset("loads");
  }

  TableReference table(Contract contract) {
    return reference(dataset(contract.layer()), contract.table());
  }

  /** What is called so in the dataset of a layer. */
  TableReference in(Layer layer, String table) {
    return reference(dataset(layer), table);
  }

  /** The table into which one run loads the rows of another. */
  TableReference staging(Contract contract, RunStamp run) {
    return reference(
        loadsDataset(),
        "_load_" + contract.layer().id() + "_" + contract.table() + "_" + run.key());
  }

  /** Whoever has made it may run the pipeline. */
  TableReference lease(String pipeline) {
    return reference(loadsDataset(), "_lease_" + pipeline);
  }

  /** A table as GoogleSQL names it. */
  static String sql(TableReference table) {
    return "`" + table.getProjectId() + "." + table.getDatasetId() + "." + table.getTableId() + "`";
  }

  private String dataset(String name) {
    return prefix.isEmpty() ? name : prefix + "_" + name;
  }

  private TableReference reference(String dataset, String table) {
    return new TableReference().setProjectId(project).setDatasetId(dataset).setTableId(table);
  }
}
