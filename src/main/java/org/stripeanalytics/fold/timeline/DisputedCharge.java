package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.CardBrand;
import org.stripeanalytics.fold.changes.DisputeSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.schema.RowCoder;

/** The newest version of a dispute, with what is known of its charge. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DisputedCharge {
  public abstract DisputeSnapshot getDispute();

  public abstract ChargeOrigin getOrigin();

  public abstract @Nullable Instant getDisputedAt();

  public abstract long getAmountReportingMinor();

  /** The brand of the charge's card, else of the dispute's. */
  public String network() {
    if (getOrigin().getNetwork() != null) {
      return getOrigin().getNetwork();
    }
    CardBrand card = getDispute().getCard();
    return card == null || card.getBrand() == null ? Catalog.UNKNOWN : card.getBrand();
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DisputedCharge.Builder();
  }

  /** Builds a {@link DisputedCharge}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDispute(DisputeSnapshot value);

    public abstract Builder setOrigin(ChargeOrigin value);

    public abstract Builder setDisputedAt(@Nullable Instant value);

    public abstract Builder setAmountReportingMinor(long value);

    public abstract DisputedCharge build();
  }
}
