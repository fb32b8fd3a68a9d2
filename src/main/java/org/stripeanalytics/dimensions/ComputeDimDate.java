package org.stripeanalytics.dimensions;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import org.stripeanalytics.model.dimensions.DateRow;
import org.stripeanalytics.model.seeds.Holiday;

/**
 * {@code dimensions.dim_date}: one row per day from 2010, before Stripe took its first payment, to
 * 2039, whatever the interval of the run.
 */
public final class ComputeDimDate {
  private static final LocalDate FIRST = LocalDate.of(2010, 1, 1);
  private static final LocalDate END = LocalDate.of(2040, 1, 1);

  /**
   * @param fiscalYearStart the month in which the fiscal year begins, 1 to 12
   */
  public static List<DateRow> rows(int fiscalYearStart, List<Holiday> holidays) {
    checkArgument(
        fiscalYearStart >= 1 && fiscalYearStart <= 12,
        "fiscalYearStart is %s, not a month from 1 to 12",
        fiscalYearStart);
    Holidays celebrated = Holidays.of(holidays);
    return FIRST.datesUntil(END).map(date -> describe(date, fiscalYearStart, celebrated)).toList();
  }

  static DateRow describe(LocalDate date, int fiscalYearStart, Holidays holidays) {
    // A fiscal year is named by the calendar year in which it ends.
    LocalDate shifted =
        fiscalYearStart == 1 ? date : date.minusMonths(fiscalYearStart - 1L).plusYears(1);
    return DateRow.builder()
        .setDate(date)
        .setYear(date.getYear())
        .setQuarter(date.get(IsoFields.QUARTER_OF_YEAR))
        .setMonth(date.withDayOfMonth(1))
        .setMonthNumber(date.getMonthValue())
        .setMonthName(date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .setIsoYear(date.get(IsoFields.WEEK_BASED_YEAR))
        .setIsoWeek(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
        .setDayOfMonth(date.getDayOfMonth())
        .setDayOfWeek(date.getDayOfWeek().getValue())
        .setDayName(date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
        .setIsWeekend(date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0)
        .setIsMonthEnd(date.equals(date.with(TemporalAdjusters.lastDayOfMonth())))
        .setFiscalYear(shifted.getYear())
        .setFiscalQuarter(shifted.get(IsoFields.QUARTER_OF_YEAR))
        .setFiscalMonth(shifted.getMonthValue())
        .setHolidays(holidays.on(date))
        .build();
  }

  private ComputeDimDate() {}
}
