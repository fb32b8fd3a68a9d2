package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What an invoice bills for the items of a subscription, and what the same items count in MRR: two
 * ways to the same figure, in annualised minor units of the reporting currency before discounts.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledRevenue {
  /** When the invoice was first seen to have left draft, and the two were compared. */
  public abstract Instant getComparedAt();

  public abstract long getBilled();

  public abstract long getSubscribed();

  public static BilledRevenue of(Instant comparedAt, long billed, long subscribed) {
    return builder().setComparedAt(comparedAt).setBilled(billed).setSubscribed(subscribed).build();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledRevenue.Builder();
  }

  /** Builds a {@link BilledRevenue}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setComparedAt(Instant value);

    public abstract Builder setBilled(long value);

    public abstract Builder setSubscribed(long value);

    public abstract BilledRevenue build();
  }
}
