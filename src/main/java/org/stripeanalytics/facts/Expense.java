package org.stripeanalytics.facts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What a row of a raw table says was spent on marketing on a day. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Expense {
  /** Of {@code raw.marketing_spend}, which knows neither campaigns nor accounts. */
  static final String NONE = "none";

  /** The table, {@code layer.table}. */
  public abstract String getTable();

  /** What all versions of the row have in common. */
  public abstract String getRow();

  public abstract LocalDate getDay();

  public abstract String getChannel();

  /** In major units, as exactly as the source knows it. */
  public abstract BigDecimal getAmount();

  /** Null until it is looked up, of ads; likewise the region. */
  public abstract @Nullable String getCurrency();

  public abstract @Nullable String getRegion();

  /** Of ads its id, until its name is looked up; null where the source does not say. */
  public abstract @Nullable String getCampaign();

  /** Likewise. */
  public abstract @Nullable String getAccount();

  /** In microseconds. */
  public abstract long getChangedAt();

  public abstract LocalDate getSnapshotDate();

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_Expense.Builder();
  }

  /** Beam rebuilds expenses through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setTable(String value);

    abstract Builder setRow(String value);

    abstract Builder setDay(LocalDate value);

    abstract Builder setChannel(String value);

    abstract Builder setAmount(BigDecimal value);

    abstract Builder setCurrency(@Nullable String value);

    abstract Builder setRegion(@Nullable String value);

    abstract Builder setCampaign(@Nullable String value);

    abstract Builder setAccount(@Nullable String value);

    abstract Builder setChangedAt(long value);

    abstract Builder setSnapshotDate(LocalDate value);

    abstract Expense build();
  }
}
