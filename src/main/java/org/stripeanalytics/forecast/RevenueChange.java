package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code facts.fct_mrr_movements} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RevenueChange {
  public abstract String getCustomerId();

  public abstract LocalDate getDay();

  public abstract String getMovementType();

  public abstract long getArrMinorAfter();

  public abstract @Nullable String getChurnKind();

  public abstract String getRegion();

  public abstract String getChannel();

  /** Whoever pauses has not left. */
  final boolean hasLeft() {
    return getMovementType().equals("churn") && !"pause".equals(getChurnKind());
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RevenueChange.Builder();
  }

  /** Builds a {@link RevenueChange}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String value);

    public abstract Builder setDay(LocalDate value);

    public abstract Builder setMovementType(String value);

    public abstract Builder setArrMinorAfter(long value);

    public abstract Builder setChurnKind(@Nullable String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract RevenueChange build();
  }
}
