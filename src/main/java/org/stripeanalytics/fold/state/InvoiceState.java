package org.stripeanalytics.fold.state;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.PaymentLink;
import org.stripeanalytics.model.intermediate.SettlementAttempt;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * An invoice whose settlement may go on, or the newest one of its subscription: its newest version
 * without lines, the payments that belong to it and the attempts so far.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class InvoiceState {
  public abstract InvoiceSnapshot getVersion();

  public abstract List<PaymentLink> getPayments();

  public abstract List<SettlementAttempt> getAttempts();

  public abstract @Nullable Instant getFirstFailedAt();

  public abstract @Nullable BilledRevenue getRevenue();

  public abstract @Nullable LocalDate getSettledOn();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_InvoiceState.Builder().setPayments(List.of()).setAttempts(List.of());
  }

  /** Builds a {@link InvoiceState}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setVersion(InvoiceSnapshot value);

    public abstract Builder setPayments(List<PaymentLink> value);

    public abstract Builder setAttempts(List<SettlementAttempt> value);

    public abstract Builder setFirstFailedAt(@Nullable Instant value);

    public abstract Builder setRevenue(@Nullable BilledRevenue value);

    public abstract Builder setSettledOn(@Nullable LocalDate value);

    public abstract InvoiceState build();
  }
}
