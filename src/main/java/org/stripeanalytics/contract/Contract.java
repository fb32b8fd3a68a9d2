package org.stripeanalytics.contract;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.model.DataInterval;

/**
 * What {@code schemas/<layer>/<table>.json} promises of one table: a BigQuery {@code Table}
 * resource, read by Google's own model class, and under {@code quality} what that resource has no
 * word for. The row classes are written from the same files when the project is built.
 */
public final class Contract {
  /**
   * Columns a publication stamps on every row it inserts. Row classes do not carry them, so that no
   * transform can see a clock.
   */
  public static final ImmutableSet<String> STAMPED_COLUMNS =
      ImmutableSet.of("_ingested_at", "_run_id");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  private static final String CHANGED_AT = "_changed_at";
  private static final String PAYLOAD = "_payload";

  private final Table resource;
  private final Quality quality;
  private final Optional<SourceMapping> source;

  private Contract(Table resource) {
    this.resource = resource;
    this.quality = qualityOf(resource);
    this.source = sourceOf(resource);
    resource.remove("source");
    resource.remove("row");
    forgetJavaNames(resource.getSchema().getFields());
  }

  /** They are for the classes that the build writes; BigQuery would refuse them. */
  private static void forgetJavaNames(List<TableFieldSchema> fields) {
    for (TableFieldSchema field : fields) {
      field.remove("row");
      field.remove("property");
      if (field.getFields() != null) {
        forgetJavaNames(field.getFields());
      }
    }
  }

  /**
   * @param name {@code layer.table}, as in {@code marts.mrr_monthly}
   * @throws IllegalArgumentException when there is no such contract
   */
  static Contract load(String name) {
    String path = "schemas/" + name.replace('.', '/') + ".json";
    try (InputStream json = Contract.class.getClassLoader().getResourceAsStream(path)) {
      checkArgument(json != null, "no contract %s", path);
      Contract contract =
          new Contract(
              GsonFactory.getDefaultInstance()
                  .createJsonParser(json, StandardCharsets.UTF_8)
                  .parseAndClose(Table.class));
      checkArgument(contract.name().equals(name), "%s describes %s", path, contract.name());
      return contract;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Whether the rows are those of a Stripe account, as delivered. */
  public boolean isOfStripe() {
    return layer() == Layer.RAW && source.isEmpty();
  }

  /** {@code layer.table}. */
  public String name() {
    return resource.getTableReference().getDatasetId()
        + "."
        + resource.getTableReference().getTableId();
  }

  public Layer layer() {
    return Layer.of(resource.getTableReference().getDatasetId());
  }

  public String table() {
    return resource.getTableReference().getTableId();
  }

  public String description() {
    return resource.getDescription();
  }

  public List<TableFieldSchema> columns() {
    return resource.getSchema().getFields();
  }

  public List<String> primaryKey() {
    return resource.getTableConstraints().getPrimaryKey().getColumns();
  }

  /**
   * Whether a row has at most one value at {@code path}, as in {@code parent.subscription}: no
   * record on the way is repeated.
   *
   * @throws IllegalArgumentException when there is no such column
   */
  public boolean isSingle(String path) {
    List<TableFieldSchema> fields = columns();
    boolean single = true;
    for (String name : Splitter.on('.').split(path)) {
      TableFieldSchema field =
          fields.stream()
              .filter(candidate -> candidate.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(name() + " has no column " + path));
      single &= !"REPEATED".equals(field.getMode());
      fields = field.getFields() == null ? List.of() : field.getFields();
    }
    return single;
  }

  /** The date column by which the table is partitioned, and by which a run owns its interval. */
  public Optional<String> partitionColumn() {
    return Optional.ofNullable(resource.getTimePartitioning()).map(p -> p.getField());
  }

  /** {@code MONTH} or {@code DAY}; only a partitioned table has one. */
  public String partitionUnit() {
    return resource.getTimePartitioning().getType();
  }

  /** The columns by which BigQuery sorts a partition's rows. */
  public ImmutableList<String> clustering() {
    return resource.getClustering() == null
        ? ImmutableList.of()
        : ImmutableList.copyOf(resource.getClustering().getFields());
  }

  /**
   * The days of this table that a run over {@code interval} replaces: a table partitioned by month
   * is replaced by whole months up to the interval's end.
   */
  public DataInterval owned(DataInterval interval) {
    return "MONTH".equals(partitionUnit())
        ? DataInterval.of(interval.from().withDayOfMonth(1), interval.to())
        : interval;
  }

  /**
   * The days as of which a run over {@code interval} knows the newest: whole months up to its end,
   * because state is kept by month. Of a table that keeps the latest row per key, rows as of these
   * days are the run's own.
   */
  public static DataInterval known(DataInterval interval) {
    return DataInterval.of(interval.from().withDayOfMonth(1), interval.to());
  }

  public Ownership ownership() {
    return quality().ownership();
  }

  /** What {@code quality} demands of a single row. */
  public RowRules rowRules() {
    return RowRules.of(quality());
  }

  /**
   * Whether the rows are end-of-day versions of something that says when it changed, so that of two
   * versions of one day the newer can be told.
   */
  public boolean isVersioned() {
    return ownership() == Ownership.OBSERVED
        && columns().stream().anyMatch(column -> column.getName().equals(CHANGED_AT));
  }

  /**
   * Whether a column's texts are whole documents: what was delivered, or texts that may be longer
   * than any that people write.
   */
  public boolean holdsDocuments(TableFieldSchema column) {
    return column.getName().equals(PAYLOAD)
        || quality().maxLength().getOrDefault(column.getName(), 0) > RowRules.DEFAULT_MAX_LENGTH;
  }

  /** A copy of the whole resource, without {@code quality}, as BigQuery's API takes it. */
  public Table bigQueryTable() {
    Table copy = resource.clone();
    copy.remove("quality");
    return copy;
  }

  /** How the table is filled from the exports of another source than Stripe, if it is. */
  public Optional<SourceMapping> source() {
    return source;
  }

  /** What the contract promises beyond names and types. */
  public Quality quality() {
    return quality;
  }

  private static Optional<SourceMapping> sourceOf(Table resource) {
    try {
      return Optional.ofNullable(JSON.convertValue(resource.get("source"), SourceMapping.class));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "source of " + resource.getTableReference().getTableId() + " cannot be read", e);
    }
  }

  private static Quality qualityOf(Table resource) {
    try {
      return JSON.convertValue(resource.get("quality"), Quality.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "quality of " + resource.getTableReference().getTableId() + " cannot be read", e);
    }
  }
}
