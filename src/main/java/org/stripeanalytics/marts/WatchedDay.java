package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.marts.MrrDaily;
import org.stripeanalytics.model.schema.RowCoder;

/** What a watched metric was on one day. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class WatchedDay {
  private static final String OPENING = "account_opening";

  /** The id of a {@link WatchedMetric}, unless it is the opening. */
  public abstract String getMetric();

  /** A raw table, or {@code all}. */
  public abstract String getSubject();

  public abstract LocalDate getDay();

  public abstract BigDecimal getValue();

  /** What the value is a part of; 0 for a count. */
  public abstract BigDecimal getBase();

  /** Customers at the start of the day, for what is a part of theirs; 0 for a count. */
  public abstract long getCustomers();

  public static WatchedDay count(WatchedMetric metric, String subject, LocalDate day, long count) {
    return builder()
        .setMetric(metric.id())
        .setSubject(subject)
        .setDay(day)
        .setValue(BigDecimal.valueOf(count))
        .setBase(BigDecimal.ZERO)
        .setCustomers(0)
        .build();
  }

  /**
   * The day on which the account's history begins. It travels among the figures and is not one: a
   * day without a figure since then is a zero.
   */
  public static WatchedDay opening(LocalDate day) {
    return builder()
        .setMetric(OPENING)
        .setSubject(SegmentKey.ALL)
        .setDay(day)
        .setValue(BigDecimal.ZERO)
        .setBase(BigDecimal.ZERO)
        .setCustomers(0)
        .build();
  }

  boolean isOpening() {
    return getMetric().equals(OPENING);
  }

  /** Metric and subject. */
  String series() {
    return series(getMetric(), getSubject());
  }

  static String series(String metric, String subject) {
    return metric + " " + subject;
  }

  /** The same with what another bundle has counted of the day. */
  WatchedDay plus(WatchedDay other) {
    return builder()
        .setMetric(getMetric())
        .setSubject(getSubject())
        .setDay(getDay())
        .setValue(getValue().add(other.getValue()))
        .setBase(getBase().add(other.getBase()))
        .setCustomers(getCustomers() + other.getCustomers())
        .build();
  }

  /** What MRR gained or lost, if it is a day of all customers in {@code marts.mrr_daily}. */
  public static void ofRow(Object row, Consumer<WatchedDay> days) {
    if (row instanceof MrrDaily day && day.getSegment().equals(SegmentKey.ALL)) {
      days.accept(mrrChange(day));
    }
  }

  private static WatchedDay mrrChange(MrrDaily day) {
    return mrrChange(
        day.getDay(),
        day.getMrrEnd().subtract(day.getMrrStart()),
        day.getMrrStart(),
        day.getCustomersStart());
  }

  public static WatchedDay mrrChange(
      LocalDate day, BigDecimal change, BigDecimal mrrStart, long customersStart) {
    return builder()
        .setMetric(WatchedMetric.MRR_CHANGE.id())
        .setSubject(SegmentKey.ALL)
        .setDay(day)
        .setValue(change)
        .setBase(mrrStart)
        .setCustomers(customersStart)
        .build();
  }

  static Builder builder() {
    return new AutoValue_WatchedDay.Builder();
  }

  /** Beam rebuilds days through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setMetric(String value);

    abstract Builder setSubject(String value);

    abstract Builder setDay(LocalDate value);

    abstract Builder setValue(BigDecimal value);

    abstract Builder setBase(BigDecimal value);

    abstract Builder setCustomers(long value);

    abstract WatchedDay build();
  }
}
