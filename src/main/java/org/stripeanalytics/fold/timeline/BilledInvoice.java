package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/** The newest version of an invoice, with its amounts in the reporting currency too. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledInvoice {
  public abstract InvoiceSnapshot getVersion();

  public abstract long getTotalReportingMinor();

  public abstract long getAmountDueReportingMinor();

  public abstract long getAmountPaidReportingMinor();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledInvoice.Builder();
  }

  /** Builds a {@link BilledInvoice}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setVersion(InvoiceSnapshot value);

    public abstract Builder setTotalReportingMinor(long value);

    public abstract Builder setAmountDueReportingMinor(long value);

    public abstract Builder setAmountPaidReportingMinor(long value);

    public abstract BilledInvoice build();
  }
}
