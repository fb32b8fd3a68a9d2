package org.stripeanalytics.model.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code intermediate.subscription_spells}: one row per subscription and half-open
 * interval in which its status, items, discounts and scheduled end stayed the same.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionSpell {
  public abstract String getSubscriptionId();

  public abstract String getCustomerId();

  public abstract Instant getValidFrom();

  public abstract @Nullable Instant getValidTo();

  public abstract String getStatus();

  public abstract @Nullable Instant getTrialEndsAt();

  public abstract boolean getIsCounted();

  public abstract boolean getIsEnding();

  public abstract @Nullable String getChurnKind();

  public abstract long getArrMinor();

  public abstract long getArrMinorList();

  public abstract long getArrMinorBilled();

  public abstract List<SpellItem> getItems();

  public abstract List<String> getDiscounts();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionSpell.Builder().setItems(List.of()).setDiscounts(List.of());
  }

  /** Builds a {@link SubscriptionSpell}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSubscriptionId(String value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setValidFrom(Instant value);

    public abstract Builder setValidTo(@Nullable Instant value);

    public abstract Builder setStatus(String value);

    public abstract Builder setTrialEndsAt(@Nullable Instant value);

    public abstract Builder setIsCounted(boolean value);

    public abstract Builder setIsEnding(boolean value);

    public abstract Builder setChurnKind(@Nullable String value);

    public abstract Builder setArrMinor(long value);

    public abstract Builder setArrMinorList(long value);

    public abstract Builder setArrMinorBilled(long value);

    public abstract Builder setItems(List<SpellItem> value);

    public abstract Builder setDiscounts(List<String> value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract SubscriptionSpell build();
  }
}
