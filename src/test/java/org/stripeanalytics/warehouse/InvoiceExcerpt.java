package org.stripeanalytics.warehouse;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** A few columns of {@code raw.invoices}, of both of its levels and of one within. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
abstract class InvoiceExcerpt {
  public abstract String getId();

  @SchemaFieldName("_snapshot_date")
  public abstract LocalDate getSnapshotDate();

  public abstract List<Line> getLines();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setId(String value);

    abstract Builder setSnapshotDate(LocalDate value);

    abstract Builder setLines(List<Line> value);

    abstract InvoiceExcerpt build();
  }

  static Builder builder() {
    return new AutoValue_InvoiceExcerpt.Builder();
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  abstract static class Line {
    public abstract long getAmount();

    public abstract @Nullable Pricing getPricing();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setAmount(long value);

      abstract Builder setPricing(@Nullable Pricing value);

      abstract Line build();
    }

    static Builder builder() {
      return new AutoValue_InvoiceExcerpt_Line.Builder();
    }
  }

  @AutoValue
  @DefaultCoder(RowCoder.class)
  @SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
  abstract static class Pricing {
    public abstract @Nullable String getProduct();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder setProduct(@Nullable String value);

      abstract Pricing build();
    }

    static Builder builder() {
      return new AutoValue_InvoiceExcerpt_Pricing.Builder();
    }
  }
}
