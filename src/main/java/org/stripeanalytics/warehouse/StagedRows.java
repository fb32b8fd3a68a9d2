package org.stripeanalytics.warehouse;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/** A batch of one table's rows that a publication has staged and not yet published. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class StagedRows {
  /** {@code layer.table}. */
  public abstract String getTable();

  /** Where the warehouse finds them: a file, or a staging table. */
  public abstract String getLocation();

  public abstract long getRows();

  public static StagedRows of(String table, String location, long rows) {
    return builder().setTable(table).setLocation(location).setRows(rows).build();
  }

  static Builder builder() {
    return new AutoValue_StagedRows.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String table);

    abstract Builder setLocation(String location);

    abstract Builder setRows(long rows);

    abstract StagedRows build();
  }
}
