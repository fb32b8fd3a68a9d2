package org.stripeanalytics.forecast;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The columns of {@code facts.fct_payments} that predictions need. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class Attempt {
  public abstract @Nullable String getCustomerId();

  public abstract @Nullable String getInvoiceId();

  public abstract Instant getCreatedAt();

  public abstract String getStatus();

  /** When the status was known; null while it is not, and in rows of versions without it. */
  public abstract @Nullable Instant getDecidedAt();

  public abstract boolean getIsFirstAttempt();

  /** When it was known to have failed; null if it has not. */
  final @Nullable Instant failedAt() {
    if (!getStatus().equals("failed")) {
      return null;
    }
    return getDecidedAt() == null ? getCreatedAt() : getDecidedAt();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Attempt.Builder();
  }

  /** Builds a {@link Attempt}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setInvoiceId(@Nullable String value);

    public abstract Builder setCreatedAt(Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setDecidedAt(@Nullable Instant value);

    public abstract Builder setIsFirstAttempt(boolean value);

    public abstract Attempt build();
  }
}
