package org.stripeanalytics.dimensions;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.model.dimensions.DateRow;

/**
 * {@code dimensions.dim_date}: one row per day from 2010, before Stripe took its first payment, to
 * 2039, whatever the interval of the run.
 */
public final class ComputeDimDate extends PTransform<PBegin, PCollection<DateRow>> {
  private static final LocalDate FIRST = LocalDate.of(2010, 1, 1);
  private static final LocalDate END = LocalDate.of(2040, 1, 1);

  private ComputeDimDate() {}

  public static ComputeDimDate create() {
    return new ComputeDimDate();
  }

  @Override
  public PCollection<DateRow> expand(PBegin begin) {
    return begin
        .apply("Start", Create.of(FIRST.toEpochDay()))
        .apply(
            "EachDay",
            FlatMapElements.into(TypeDescriptors.longs())
                .via(first -> LongStream.range(first, END.toEpochDay()).boxed().toList()))
        .apply(
            "DescribeDay",
            MapElements.into(TypeDescriptor.of(DateRow.class))
                .via(day -> describe(LocalDate.ofEpochDay(day))));
  }

  static DateRow describe(LocalDate date) {
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
        .setFiscalYear(date.getYear())
        .setFiscalQuarter(date.get(IsoFields.QUARTER_OF_YEAR))
        .setFiscalMonth(date.getMonthValue())
        .build();
  }
}
