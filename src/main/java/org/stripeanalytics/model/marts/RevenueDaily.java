package org.stripeanalytics.model.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code marts.revenue_daily}: cash from the ledger, by day and segment, in settlement
 * amounts; a row for every day from the segment value's first ledger entry on. What belongs to no
 * customer is unattributed, so the values of a segment sum to all.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class RevenueDaily {
  public abstract LocalDate getDay();

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public abstract BigDecimal getGrossVolume();

  public abstract BigDecimal getRefunds();

  public abstract BigDecimal getDisputes();

  public abstract BigDecimal getFees();

  public abstract BigDecimal getOther();

  public abstract BigDecimal getNet();

  public abstract BigDecimal getPayouts();

  public abstract long getSuccessfulCharges();

  public abstract long getFailedCharges();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_RevenueDaily.Builder();
  }

  /** Builds a {@link RevenueDaily}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDay(LocalDate value);

    public abstract Builder setSegment(String value);

    public abstract Builder setSegmentValue(String value);

    public abstract Builder setGrossVolume(BigDecimal value);

    public abstract Builder setRefunds(BigDecimal value);

    public abstract Builder setDisputes(BigDecimal value);

    public abstract Builder setFees(BigDecimal value);

    public abstract Builder setOther(BigDecimal value);

    public abstract Builder setNet(BigDecimal value);

    public abstract Builder setPayouts(BigDecimal value);

    public abstract Builder setSuccessfulCharges(long value);

    public abstract Builder setFailedCharges(long value);

    public abstract RevenueDaily build();
  }
}
