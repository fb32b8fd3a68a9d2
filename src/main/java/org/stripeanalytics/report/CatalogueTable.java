package org.stripeanalytics.report;

import static java.util.Comparator.comparing;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.StagingView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * A table or view as the catalogue shows it: what its contract promises and how it stands.
 *
 * @param key the columns that tell its rows apart: its grain
 * @param ownership which rows a run replaces, as in {@link org.stripeanalytics.contract.Ownership};
 *     {@value #VIEW} for a view
 * @param owner who answers for it: the owner of the pipeline that writes it; null without one
 * @param writtenBy the pipelines that do
 * @param partitioning for people, as in {@code _snapshot_date, one partition a month}
 * @param madeFrom the tables its rows are made from
 * @param rows null where the table could not be read, and for a view
 * @param samples some rows, without what is personal
 */
public record CatalogueTable(
    String name,
    String layer,
    String description,
    ImmutableList<String> key,
    String ownership,
    @Nullable String owner,
    ImmutableList<String> writtenBy,
    @Nullable String partitioning,
    ImmutableList<String> clustering,
    ImmutableList<String> madeFrom,
    ImmutableList<Column> columns,
    ImmutableList<DataTests.Result> tests,
    @Nullable Long rows,
    @Nullable Instant loadedAt,
    @Nullable Instant newestChange,
    SampleRows samples) {

  private static final String VIEW = "view";

  /** A column; one of a record has columns of its own. */
  public record Column(
      String name, String type, String mode, String description, ImmutableList<Column> fields) {}

  static ImmutableList<CatalogueTable> all(
      Warehouse warehouse, ImmutableList<PipelineTask> pipelines, DataTests tests) {
    return Stream.concat(
            Tables.all().stream().map(table -> of(table, warehouse, pipelines, tests)),
            StagingView.all().stream().map(CatalogueTable::of))
        .sorted(comparing(table -> Layer.of(table.layer())))
        .collect(ImmutableList.toImmutableList());
  }

  /** A view is neither counted nor sampled: it would be computed for that. */
  private static CatalogueTable of(StagingView view) {
    return new CatalogueTable(
        view.name(),
        Layer.STAGING.id(),
        view.description(),
        view.key(),
        VIEW,
        null,
        ImmutableList.of(),
        null,
        ImmutableList.of(),
        ImmutableList.of(view.raw().name()),
        columns(view.columns()),
        ImmutableList.of(),
        null,
        null,
        null,
        SampleRows.none());
  }

  private static CatalogueTable of(
      WarehouseTable<?> table,
      Warehouse warehouse,
      ImmutableList<PipelineTask> pipelines,
      DataTests tests) {
    Contract contract = table.contract();
    ImmutableList<PipelineTask> writers =
        pipelines.stream()
            .filter(task -> task.writes().contains(table.name()))
            .collect(ImmutableList.toImmutableList());
    Reading state = Reading.of(warehouse, stateSql(contract));
    List<Object> now = state.rows().isEmpty() ? ImmutableList.of() : state.rows().get(0);
    return new CatalogueTable(
        contract.name(),
        contract.layer().id(),
        contract.description(),
        ImmutableList.copyOf(contract.primaryKey()),
        contract.ownership().name().toLowerCase(Locale.ROOT),
        writers.stream().map(PipelineTask::owner).findFirst().orElse(null),
        writers.stream().map(PipelineTask::name).collect(ImmutableList.toImmutableList()),
        partitioning(contract),
        contract.clustering(),
        ImmutableList.copyOf(contract.quality().lineage()),
        columns(contract.columns()),
        tests.of(contract.name()),
        now.isEmpty() ? null : (Long) now.get(0),
        now.isEmpty() ? null : (Instant) now.get(1),
        now.size() < 3 ? null : (Instant) now.get(2),
        SampleRows.of(warehouse, contract));
  }

  private static String stateSql(Contract contract) {
    return "SELECT COUNT(*), MAX(_ingested_at)"
        + (contract.layer() == Layer.RAW ? ", MAX(_changed_at)" : "")
        + " FROM "
        + contract.name();
  }

  private static @Nullable String partitioning(Contract contract) {
    return contract
        .partitionColumn()
        .map(
            column ->
                column + ", one partition a " + contract.partitionUnit().toLowerCase(Locale.ROOT))
        .orElse(null);
  }

  private static ImmutableList<Column> columns(@Nullable List<TableFieldSchema> fields) {
    return fields == null
        ? ImmutableList.of()
        : fields.stream()
            .map(
                field ->
                    new Column(
                        field.getName(),
                        field.getType(),
                        field.getMode() == null ? "NULLABLE" : field.getMode(),
                        field.getDescription(),
                        columns(field.getFields())))
            .collect(ImmutableList.toImmutableList());
  }
}
