package org.stripeanalytics.warehouse;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.stripeanalytics.model.schema.RowSchema;

/** One table as a publication left it. */
@AutoValue
@DefaultSchema(RowSchema.class)
public abstract class PublishedTable {
  /** {@code layer.table}. */
  public abstract String getTable();

  /** Rows inserted by this publication, not the rows the table now has. */
  public abstract long getRows();

  public static PublishedTable of(String table, long rows) {
    return builder().setTable(table).setRows(rows).build();
  }

  static Builder builder() {
    return new AutoValue_PublishedTable.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String table);

    abstract Builder setRows(long rows);

    abstract PublishedTable build();
  }
}
