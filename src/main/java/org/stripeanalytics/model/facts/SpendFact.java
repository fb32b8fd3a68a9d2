package org.stripeanalytics.model.facts;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code facts.fct_marketing_spend}: one row per day, acquisition channel and region that
 * money was spent on.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SpendFact {
  public abstract LocalDate getDay();

  public abstract long getChannelKey();

  public abstract String getChannel();

  public abstract String getRegion();

  public abstract String getCurrency();

  public abstract long getAmountMinor();

  public abstract long getAmountReportingMinor();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SpendFact.Builder();
  }

  /** Builds a {@link SpendFact}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setChannelKey(long value);

    public abstract Builder setChannel(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setAmountMinor(long value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract SpendFact build();
  }
}
