package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code dimensions.dim_date}: one row per calendar day of the reporting zone. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class DateRow {
  public abstract LocalDate getDate();

  public abstract long getYear();

  public abstract long getQuarter();

  public abstract LocalDate getMonth();

  public abstract long getMonthNumber();

  public abstract String getMonthName();

  public abstract long getIsoYear();

  public abstract long getIsoWeek();

  public abstract long getDayOfMonth();

  public abstract long getDayOfWeek();

  public abstract String getDayName();

  public abstract boolean getIsWeekend();

  public abstract boolean getIsMonthEnd();

  public abstract long getFiscalYear();

  public abstract long getFiscalQuarter();

  public abstract long getFiscalMonth();

  public abstract List<DateHoliday> getHolidays();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_DateRow.Builder().setHolidays(List.of());
  }

  /** Builds a {@link DateRow}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setDate(LocalDate value);

    public abstract Builder setYear(long value);

    public abstract Builder setQuarter(long value);

    public abstract Builder setMonth(LocalDate value);

    public abstract Builder setMonthNumber(long value);

    public abstract Builder setMonthName(String value);

    public abstract Builder setIsoYear(long value);

    public abstract Builder setIsoWeek(long value);

    public abstract Builder setDayOfMonth(long value);

    public abstract Builder setDayOfWeek(long value);

    public abstract Builder setDayName(String value);

    public abstract Builder setIsWeekend(boolean value);

    public abstract Builder setIsMonthEnd(boolean value);

    public abstract Builder setFiscalYear(long value);

    public abstract Builder setFiscalQuarter(long value);

    public abstract Builder setFiscalMonth(long value);

    public abstract Builder setHolidays(List<DateHoliday> value);

    public abstract DateRow build();
  }
}
