package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** What the initial plan is read from: the first version of the earliest subscription. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class FirstSubscription {
  public abstract Instant getCreated();

  public abstract String getId();

  public abstract String getPlan();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_FirstSubscription.Builder();
  }

  /** Builds a {@link FirstSubscription}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCreated(Instant value);

    public abstract Builder setId(String value);

    public abstract Builder setPlan(String value);

    public abstract FirstSubscription build();
  }
}
