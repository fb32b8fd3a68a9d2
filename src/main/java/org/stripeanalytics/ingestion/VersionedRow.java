package org.stripeanalytics.ingestion;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of any raw table on its way to be compared with the other versions of its object and day.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class VersionedRow {
  /** Which of two versions of one key stands: the greater one. */
  static final Comparator<VersionedRow> ORDER =
      Comparator.comparingLong(VersionedRow::getChangedAtMicros)
          .thenComparingLong(VersionedRow::getRoute)
          .thenComparing(VersionedRow::getTieBreak);

  /** {@code layer.table}. */
  public abstract String getTable();

  /** The values of the table's primary key, as one text. */
  public abstract String getKey();

  /** {@code _changed_at}, in microseconds since the epoch. */
  public abstract long getChangedAtMicros();

  /** The ordinal of {@code _source}. */
  public abstract long getRoute();

  /** Orders what changed in the same second: the id of the event, or the hash of the payload. */
  public abstract String getTieBreak();

  /** The row, in its table's coder. */
  @SuppressWarnings("mutable")
  public abstract byte[] getRow();

  static Builder builder() {
    return new AutoValue_VersionedRow.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String value);

    abstract Builder setKey(String value);

    abstract Builder setChangedAtMicros(long value);

    abstract Builder setRoute(long value);

    abstract Builder setTieBreak(String value);

    abstract Builder setRow(byte[] value);

    abstract VersionedRow build();
  }
}
