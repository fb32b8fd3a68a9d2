package org.stripeanalytics.fold.terms;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** An account, campaign or ad of an advertising platform, as it is from a day on. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class AdObject implements Serializable {
  /** The raw table that says so, {@code layer.table}. */
  public abstract String getTable();

  public abstract String getId();

  public abstract LocalDate getSince();

  /** Of an account, ISO 4217 in lower case. */
  public abstract @Nullable String getCurrency();

  /** Of an account. */
  public abstract @Nullable String getZone();

  /** Of a campaign. */
  public abstract @Nullable String getName();

  /** Of an ad: the campaign that it belongs to. */
  public abstract @Nullable String getCampaign();

  public static Builder builder() {
    return new AutoValue_AdObject.Builder();
  }

  /** Builds an {@link AdObject}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setTable(String value);

    public abstract Builder setId(String value);

    public abstract Builder setSince(LocalDate value);

    public abstract Builder setCurrency(@Nullable String value);

    public abstract Builder setZone(@Nullable String value);

    public abstract Builder setName(@Nullable String value);

    public abstract Builder setCampaign(@Nullable String value);

    public abstract AdObject build();
  }
}
