package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code intermediate.customer_state}: one row per customer and finished month in which it
 * changed: all that the fold must remember at its end to go on with the next month.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerCheckpoint {
  public abstract String getCustomerId();

  public abstract LocalDate getMonth();

  public abstract long getVersion();

  public abstract String getState();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerCheckpoint.Builder();
  }

  /** Builds a {@link CustomerCheckpoint}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(String value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setVersion(long value);

    public abstract Builder setState(String value);

    public abstract CustomerCheckpoint build();
  }
}
