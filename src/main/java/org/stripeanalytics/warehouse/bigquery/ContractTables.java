package org.stripeanalytics.warehouse.bigquery;

import static org.stripeanalytics.contract.ColumnChanges.mode;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.DestinationTableProperties;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.stripeanalytics.contract.ColumnChanges;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Makes the datasets and tables that the contracts ask for. A table that is there is left alone as
 * long as its label says that it was made from the contract of today; otherwise it is looked at
 * and, if its rows still fit, given the columns that it lacks.
 */
record ContractTables(TableNames names) implements Serializable {
  /** After a failure the rows that were loaded can be looked at for so long. */
  private static final Duration STAGING_LIFETIME = Duration.ofDays(3);

  /**
   * Makes every table that is missing and lets the others grow.
   *
   * @throws WarehouseException when a table has columns that its contract no longer admits
   */
  void createAll(BigQueryClient client) throws IOException {
    Map<Layer, Map<String, Map<String, String>>> existing = new HashMap<>();
    for (WarehouseTable<?> table : Tables.all()) {
      Contract contract = table.contract();
      if (!existing.containsKey(contract.layer())) {
        createDataset(client, contract.layer());
        existing.put(
            contract.layer(), client.tables(names.project(), names.dataset(contract.layer())));
      }
      Map<String, String> labels = existing.get(contract.layer()).get(contract.table());
      if (labels == null) {
        client.createTable(resource(contract));
      } else if (!ContractLabel.of(contract).equals(labels.get(ContractLabel.NAME))) {
        grow(client, contract);
      }
    }
    createViews(client);
  }

  private void createViews(BigQueryClient client) throws IOException {
    createDataset(client, Layer.STAGING);
    Map<String, Map<String, String>> existing =
        client.tables(names.project(), names.dataset(Layer.STAGING));
    for (StagingView view : StagingView.all()) {
      Map<String, String> labels = existing.get(view.view());
      String label = ContractLabel.of(view, ViewResource.definition(names, view));
      if (labels == null || !label.equals(labels.get(ContractLabel.NAME))) {
        createOrReplace(client, view, label);
      }
    }
  }

  /**
   * The label comes last, with the descriptions of the columns, which BigQuery does not take with a
   * query: a view that was left without them is made again.
   */
  private void createOrReplace(BigQueryClient client, StagingView view, String label)
      throws IOException {
    Table resource = resource(view);
    TableReference reference = resource.getTableReference();
    Optional<Table> stored = client.table(reference);
    if (stored.isPresent() && stored.get().getView() != null) {
      client.patchTable(reference, new Table().setView(resource.getView()));
    } else {
      if (stored.isPresent()) {
        // An earlier version kept these rows in a table.
        client.delete(reference);
      }
      client.createTable(resource);
    }
    Map<String, String> labels = new TreeMap<>(resource.getLabels());
    labels.put(ContractLabel.NAME, label);
    client.patchTable(
        reference,
        new Table()
            .setDescription(resource.getDescription())
            .setLabels(labels)
            .setSchema(new TableSchema().setFields(optional(view.columns()))));
  }

  /** As BigQuery sees the columns of any view. */
  private static List<TableFieldSchema> optional(List<TableFieldSchema> columns) {
    return columns.stream()
        .map(
            column -> "REPEATED".equals(mode(column)) ? column : column.clone().setMode("NULLABLE"))
        .toList();
  }

  private Table resource(StagingView view) {
    return new Table()
        .setTableReference(ViewResource.reference(names, view))
        .setDescription(view.description())
        .setLabels(Map.of(JobLabels.ENVIRONMENT, JobLabels.environment(names.prefix())))
        .setView(ViewResource.definition(names, view));
  }

  private void grow(BigQueryClient client, Contract contract) throws IOException {
    Optional<Table> stored = client.table(names.table(contract));
    if (stored.isEmpty()) {
      return;
    }
    List<TableFieldSchema> columns = stored.get().getSchema().getFields();
    ColumnChanges changes = ColumnChanges.between(contract.name(), columns, contract.columns());
    if (!changes.breaking().isEmpty()) {
      throw new WarehouseException(
          "table "
              + contract.name()
              + " does not fit this version: "
              + String.join("; ", changes.breaking())
              + "; give another prefix, or restore the release that made it");
    }
    client.patchTable(
        names.table(contract),
        new Table()
            .setLabels(resource(contract).getLabels())
            .setSchema(new TableSchema().setFields(grown(columns, contract.columns()))));
  }

  /** The stored columns in their order, as the contract has them now, and then the new ones. */
  private static List<TableFieldSchema> grown(
      List<TableFieldSchema> stored, List<TableFieldSchema> promised) {
    Map<String, TableFieldSchema> left = new LinkedHashMap<>();
    promised.forEach(column -> left.put(column.getName(), column));
    List<TableFieldSchema> columns = new ArrayList<>();
    for (TableFieldSchema column : stored) {
      TableFieldSchema now = left.remove(column.getName());
      TableFieldSchema kept =
          column.clone().setMode(now.getMode()).setDescription(now.getDescription());
      columns.add(
          now.getFields() == null
              ? kept
              : kept.setFields(grown(column.getFields(), now.getFields())));
    }
    columns.addAll(left.values());
    return columns;
  }

  /** What is missing, of another type or mode, or more than the contract says, at every depth. */
  List<String> differences(BigQueryClient client, Contract contract) throws IOException {
    Optional<Table> stored = client.table(names.table(contract));
    if (stored.isEmpty()) {
      return List.of("there is no such table");
    }
    List<String> differences = new ArrayList<>();
    compare("", contract.columns(), stored.get().getSchema().getFields(), differences);
    return differences;
  }

  private static void compare(
      String path,
      List<TableFieldSchema> promised,
      List<TableFieldSchema> stored,
      List<String> differences) {
    Map<String, TableFieldSchema> left = new TreeMap<>();
    stored.forEach(column -> left.put(column.getName(), column));
    for (TableFieldSchema column : promised) {
      String name = path + column.getName();
      TableFieldSchema found = left.remove(column.getName());
      if (found == null) {
        differences.add("there is no column " + name);
      } else if (!found.getType().equals(column.getType()) || !mode(found).equals(mode(column))) {
        differences.add(
            "column %s is %s %s, not %s %s"
                .formatted(name, mode(found), found.getType(), mode(column), column.getType()));
      } else if (column.getFields() != null) {
        compare(name + ".", column.getFields(), found.getFields(), differences);
      }
    }
    left.keySet().forEach(name -> differences.add("column " + path + name + " is in no contract"));
  }

  /** Makes the table of a run that has staged nothing for this one; an earlier try may have. */
  void createEmptyStaging(BigQueryClient client, Contract contract, RunStamp run)
      throws IOException {
    DestinationTableProperties properties = stagingProperties(contract, run);
    TableReference staging = names.staging(contract, run);
    if (client.table(staging).map(table -> table.getNumRows().signum() > 0).orElse(false)) {
      client.delete(staging);
    }
    client.createTable(
        new Table()
            .setTableReference(staging)
            .setDescription(properties.getDescription())
            .setSchema(stagingSchema(contract))
            .setLabels(properties.getLabels()));
  }

  /** What a staging table says of itself, whoever makes it. */
  DestinationTableProperties stagingProperties(Contract contract, RunStamp run) {
    return new DestinationTableProperties()
        .setDescription("Rows that run " + run.runId() + " loads for " + contract.name())
        .setLabels(labels(contract));
  }

  /** Makes the dataset of tables that expire by themselves. */
  void createLoads(BigQueryClient client) throws IOException {
    client.createDataset(
        dataset(names.loadsDataset(), "Rows that wait to be published; tables expire by themselves")
            .setDefaultTableExpirationMs(STAGING_LIFETIME.toMillis()));
  }

  /** Every column but those that the publication stamps. */
  static TableSchema stagingSchema(Contract contract) {
    return new TableSchema().setFields(stagedColumns(contract));
  }

  static List<TableFieldSchema> stagedColumns(Contract contract) {
    return contract.columns().stream()
        .filter(column -> !Contract.STAMPED_COLUMNS.contains(column.getName()))
        .toList();
  }

  /** The contract's own words, at the place that the environment gives the table. */
  Table resource(Contract contract) {
    TableReference reference = names.table(contract);
    Map<String, String> labels = labels(contract);
    labels.put(ContractLabel.NAME, ContractLabel.of(contract));
    return contract.bigQueryTable().setTableReference(reference).setLabels(labels);
  }

  private void createDataset(BigQueryClient client, Layer layer) throws IOException {
    client.createDataset(
        dataset(names.dataset(layer), "Layer " + layer.id() + "; its tables are under contract"));
  }

  private Dataset dataset(String name, String description) {
    return new Dataset()
        .setDatasetReference(
            new DatasetReference().setProjectId(names.project()).setDatasetId(name))
        .setDescription(description)
        .setLabels(Map.of(JobLabels.ENVIRONMENT, JobLabels.environment(names.prefix())));
  }

  private Map<String, String> labels(Contract contract) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(JobLabels.ENVIRONMENT, JobLabels.environment(names.prefix()));
    Map<String, String> own = contract.bigQueryTable().getLabels();
    if (own != null) {
      labels.putAll(own);
    }
    return labels;
  }
}
