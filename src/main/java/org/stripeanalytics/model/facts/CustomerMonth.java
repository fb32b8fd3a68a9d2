package org.stripeanalytics.model.facts;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code facts.fct_customer_months}: one row per customer and finished month in which it
 * had MRR at the end or at the end of the month before.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class CustomerMonth {
  public abstract long getCustomerKey();

  public abstract String getCustomerId();

  public abstract LocalDate getMonth();

  public abstract LocalDate getCohortMonth();

  public abstract long getArrMinor();

  public abstract long getArrMinorList();

  public abstract long getArrMinorBilled();

  @SchemaFieldName("arr_minor_1m_before")
  public abstract long getArrMinor1mBefore();

  @SchemaFieldName("arr_minor_12m_before")
  public abstract long getArrMinor12mBefore();

  public abstract String getPlan();

  public abstract String getCountry();

  public abstract String getRegion();

  public abstract String getChannel();

  public abstract String getInitialPlan();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerMonth.Builder();
  }

  /** Builds a {@link CustomerMonth}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerKey(long value);

    public abstract Builder setCustomerId(String value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setCohortMonth(LocalDate value);

    public abstract Builder setArrMinor(long value);

    public abstract Builder setArrMinorList(long value);

    public abstract Builder setArrMinorBilled(long value);

    public abstract Builder setArrMinor1mBefore(long value);

    public abstract Builder setArrMinor12mBefore(long value);

    public abstract Builder setPlan(String value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract CustomerMonth build();
  }
}
