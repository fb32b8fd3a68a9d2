package org.stripeanalytics.quality;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.PublishedTable;

/** How many rows of a table went one way. Tallies of the same way add up. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class RowTally {
  /** Stands for the table of what is not even known to be a row of one. */
  public static final String NO_TABLE = "";

  /** The ways of a row through a run. */
  public enum Way {
    /** A record that a reader found: an object, something broken, an empty page. Of no table. */
    FOUND,
    /**
     * A record that came to something: rows, rejections, or a name to be ignored by. Of no table.
     */
    HANDLED,
    /** Delivered, one for every row that what was delivered stands for. */
    IN,
    /** Gave way to another version of the same object and day, in the run or in the warehouse. */
    SUPERSEDED,
    /** In the table now. */
    WRITTEN,
    /** In {@code ops.rejected_records} now. */
    REJECTED,
    /** In order and for no table, as objects of a type that no table holds. */
    IGNORED
  }

  /** {@code layer.table}, or {@link #NO_TABLE}. */
  public abstract String getTable();

  /** The name of a {@link Way}. */
  public abstract String getWay();

  /** The rule that rejected them; empty for the other ways. */
  public abstract String getRule();

  public abstract long getRows();

  /** Records, of which nobody knows yet what rows they stand for. */
  public static RowTally of(Way way, long records) {
    return of(NO_TABLE, way, "", records);
  }

  public static RowTally of(@Nullable WarehouseTable<?> table, Way way, long rows) {
    return of(table == null ? NO_TABLE : table.name(), way, "", rows);
  }

  /** The same by the name of the table. */
  public static RowTally of(String table, Way way, long rows) {
    return of(table, way, "", rows);
  }

  private static RowTally of(String table, Way way, String rule, long rows) {
    return builder().setTable(table).setWay(way.name()).setRule(rule).setRows(rows).build();
  }

  Way way() {
    return Way.valueOf(getWay());
  }

  /**
   * Counts what was rejected, but for what only lists a file without rows. Beam counters count all
   * of it, by rule and together.
   */
  public static FlatMapElements<RejectedRecord, RowTally> countRejected() {
    return FlatMapElements.into(TypeDescriptor.of(RowTally.class)).via(RowTally::ofRejected);
  }

  /** Counts as delivered what was rejected before it could be told what rows it stands for. */
  public static FlatMapElements<RejectedRecord, RowTally> countUnreadable() {
    return FlatMapElements.into(TypeDescriptor.of(RowTally.class)).via(RowTally::ofUnreadable);
  }

  /** Counts rejections that are read again, each of which is a record once more. */
  public static FlatMapElements<RejectedRecord, RowTally> countFound() {
    return FlatMapElements.into(TypeDescriptor.of(RowTally.class))
        .via(rejected -> List.of(of(Way.FOUND, 1)));
  }

  /** Takes over what a publication has counted. */
  public static FlatMapElements<PublishedTable, RowTally> countPublished() {
    return FlatMapElements.into(TypeDescriptor.of(RowTally.class)).via(RowTally::ofPublished);
  }

  private static Iterable<RowTally> ofRejected(RejectedRecord rejected) {
    Metrics.counter(RowTally.class, "rows_rejected").inc();
    Metrics.counter(RowTally.class, "rows_rejected_" + rejected.getRule()).inc();
    String table = rejected.getTargetTable() == null ? NO_TABLE : rejected.getTargetTable();
    return losesRows(rejected)
        ? List.of(of(table, Way.REJECTED, rejected.getRule(), 1))
        : List.of();
  }

  private static Iterable<RowTally> ofUnreadable(RejectedRecord rejected) {
    return losesRows(rejected)
        ? List.of(of(Way.HANDLED, 1), of(Way.IN, 1))
        : List.of(of(Way.HANDLED, 1));
  }

  private static boolean losesRows(RejectedRecord rejected) {
    return RejectionRule.valueOf(rejected.getRule().toUpperCase(Locale.ROOT)).losesRows();
  }

  private static Iterable<RowTally> ofPublished(PublishedTable published) {
    return List.of(
        of(published.getTable(), Way.WRITTEN, published.getRows()),
        of(published.getTable(), Way.SUPERSEDED, published.getSuperseded()));
  }

  static Builder builder() {
    return new AutoValue_RowTally.Builder();
  }

  /** Beam rebuilds tallies through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String value);

    abstract Builder setWay(String value);

    abstract Builder setRule(String value);

    abstract Builder setRows(long value);

    abstract RowTally build();
  }
}
