package org.stripeanalytics.ingestion;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What one delivery says of one object of a raw table: how it was, that it was deleted, or a part
 * of it that did not fit into its own list. {@link ObjectVersions} makes rows of all that is said
 * of an object.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class VersionedRow {

  /** What is said. */
  enum Kind {
    /** The whole object; {@code getRow} is a row of the table. */
    STATE,
    /** That it no longer exists and nothing else; {@code getRow} is the text that says so. */
    DELETION,
    /** An element of one of its lists; {@code getRow} is its text. */
    PART
  }

  /** {@code layer.table}. */
  public abstract String getTable();

  /** The primary key without the day, as one text. */
  public abstract String getObject();

  /** {@code _snapshot_date}, in days since the epoch. */
  public abstract long getDay();

  /** {@code _changed_at}, in microseconds since the epoch. */
  public abstract long getChangedAtMicros();

  /** The ordinal of {@code _source}. */
  public abstract long getRoute();

  /** The ordinal of a {@link Kind}. */
  public abstract long getKind();

  /** The ordinal of an {@link Occasion.Stage}. */
  public abstract long getStage();

  /** Whether it stood inside another object, as a member of it. */
  public abstract boolean getNested();

  /** What the event says it changed, as JSON; null if it does not say. */
  public abstract @Nullable String getPreviousAttributes();

  /**
   * How many elements of its list were not delivered with it, {@link Pages#SOME} if it does not say
   * how many. Of an object with {@link ExpandedMembers}, how many of those.
   */
  public abstract long getMissing();

  /** The row, element or text, by kind; rows are in their table's coder. */
  @SuppressWarnings("mutable")
  public abstract byte[] getRow();

  Kind kind() {
    return Kind.values()[(int) getKind()];
  }

  Occasion.Stage stage() {
    return Occasion.Stage.values()[(int) getStage()];
  }

  static Builder builder() {
    return new AutoValue_VersionedRow.Builder();
  }

  /** Beam rebuilds rows through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String value);

    abstract Builder setObject(String value);

    abstract Builder setDay(long value);

    abstract Builder setChangedAtMicros(long value);

    abstract Builder setRoute(long value);

    abstract Builder setKind(long value);

    abstract Builder setStage(long value);

    abstract Builder setNested(boolean value);

    abstract Builder setPreviousAttributes(@Nullable String value);

    abstract Builder setMissing(long value);

    abstract Builder setRow(byte[] value);

    abstract VersionedRow build();
  }
}
