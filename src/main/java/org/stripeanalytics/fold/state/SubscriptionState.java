package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.fold.billing.BilledPeriod;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A subscription at the end of an interval: the version that holds, with the status that it holds
 * with, and the spell that still lasts.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class SubscriptionState {
  public abstract SubscriptionSnapshot getVersion();

  public abstract String getStatus();

  public abstract SubscriptionSpell getSpell();

  /** What invoices bill it from now on, where the prices of its items do not say what it pays. */
  public abstract List<BilledPeriod> getBilled();

  public abstract boolean getWasCounted();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_SubscriptionState.Builder().setBilled(List.of());
  }

  /** Builds a {@link SubscriptionState}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setVersion(SubscriptionSnapshot value);

    public abstract Builder setStatus(String value);

    public abstract Builder setSpell(SubscriptionSpell value);

    public abstract Builder setBilled(List<BilledPeriod> value);

    public abstract Builder setWasCounted(boolean value);

    public abstract SubscriptionState build();
  }
}
