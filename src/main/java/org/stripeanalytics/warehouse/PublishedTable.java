package org.stripeanalytics.warehouse;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/** One table as a publication left it. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class PublishedTable {
  /** {@code layer.table}. */
  public abstract String getTable();

  /** Rows inserted by this publication, not the rows the table now has. */
  public abstract long getRows();

  /** Rows that were staged and not inserted, because another with their key stood above them. */
  public abstract long getSuperseded();

  /** Bytes of what was staged for it, as the warehouse counts them. */
  public abstract long getBytes();

  public static PublishedTable of(String table, long rows) {
    return of(table, rows, 0);
  }

  public static PublishedTable of(String table, long rows, long superseded) {
    return builder().setTable(table).setRows(rows).setSuperseded(superseded).setBytes(0).build();
  }

  public PublishedTable withBytes(long bytes) {
    return toBuilder().setBytes(bytes).build();
  }

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_PublishedTable.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String table);

    abstract Builder setRows(long rows);

    abstract Builder setSuperseded(long superseded);

    abstract Builder setBytes(long bytes);

    abstract PublishedTable build();
  }
}
