package org.stripeanalytics.fold.billing;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.BilledItem;
import org.stripeanalytics.fold.changes.BilledLine;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What one line of an invoice bills for an item of a subscription, prorations left out. The amount
 * is in minor units of the invoice's currency, before discounts.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class BilledPeriod {
  public static final Comparator<BilledPeriod> OLDEST_FIRST =
      Comparator.comparing(BilledPeriod::getInvoiceCreated)
          .thenComparing(BilledPeriod::getInvoice)
          .thenComparing(BilledPeriod::getLine);

  /** Seconds; a month is as long as months are on average. */
  private static final long DAY = ChronoUnit.DAYS.getDuration().toSeconds();

  private static final long WEEK = ChronoUnit.WEEKS.getDuration().toSeconds();
  private static final long MONTH = ChronoUnit.MONTHS.getDuration().toSeconds();

  public abstract String getInvoice();

  public abstract Instant getInvoiceCreated();

  public abstract String getLine();

  public abstract String getSubscription();

  public abstract String getItem();

  public abstract @Nullable String getPrice();

  public abstract @Nullable Long getQuantity();

  public abstract long getAmount();

  public abstract String getCurrency();

  public abstract Instant getStart();

  public abstract Instant getEnd();

  /** The lines of an invoice that bill a subscription, in no order. */
  public static Stream<BilledPeriod> of(InvoiceSnapshot invoice, String subscription) {
    return invoice.getLines().stream()
        .filter(line -> bills(invoice, line, subscription))
        .map(line -> of(invoice, line, subscription));
  }

  private static boolean bills(InvoiceSnapshot invoice, BilledLine line, String subscription) {
    BilledItem item = details(line);
    if (item == null || item.getProration()) {
      return false;
    }
    return Objects.equals(
        item.getSubscription() != null ? item.getSubscription() : Settlements.subscription(invoice),
        subscription);
  }

  private static @Nullable BilledItem details(BilledLine line) {
    return line.getParent() == null ? null : line.getParent().getSubscriptionItemDetails();
  }

  private static BilledPeriod of(InvoiceSnapshot invoice, BilledLine line, String subscription) {
    return builder()
        .setInvoice(invoice.getId())
        .setInvoiceCreated(invoice.getCreated())
        .setLine(line.getId())
        .setSubscription(subscription)
        .setItem(details(line).getSubscriptionItem())
        .setPrice(line.getPricing() == null ? null : line.getPricing().getPrice())
        .setQuantity(line.getQuantity())
        .setAmount(line.getAmount())
        .setCurrency(invoice.getCurrency())
        .setStart(line.getPeriod().getStart())
        .setEnd(line.getPeriod().getEnd())
        .build();
  }

  /** Whether the instant is in the period; its end is not. */
  public boolean covers(Instant instant) {
    return !instant.isBefore(getStart()) && instant.isBefore(getEnd());
  }

  boolean bills(String item, String currency) {
    return getItem().equals(item) && getCurrency().equals(currency);
  }

  /**
   * What the amount comes to in a year, in minor units, rounded half away from zero.
   *
   * @param interval that of the price: by month and year a period of a whole number of months, give
   *     or take what they differ in length, is that many; any other is divided by its length
   */
  public long annualised(String interval) {
    BigDecimal amount = BigDecimal.valueOf(getAmount());
    long seconds = Duration.between(getStart(), getEnd()).toSeconds();
    if (interval.equals("week")) {
      return ListPrice.annualised(amount.multiply(BigDecimal.valueOf(WEEK)), interval, seconds);
    }
    long months = Math.round((double) seconds / MONTH);
    if (!interval.equals("day") && months > 0 && Math.abs(seconds - months * MONTH) <= 3 * DAY) {
      return ListPrice.annualised(amount, "month", months);
    }
    return ListPrice.annualised(amount.multiply(BigDecimal.valueOf(DAY)), "day", seconds);
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_BilledPeriod.Builder();
  }

  /** Builds a {@link BilledPeriod}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setInvoice(String value);

    public abstract Builder setInvoiceCreated(Instant value);

    public abstract Builder setLine(String value);

    public abstract Builder setSubscription(String value);

    public abstract Builder setItem(String value);

    public abstract Builder setPrice(@Nullable String value);

    public abstract Builder setQuantity(@Nullable Long value);

    public abstract Builder setAmount(long value);

    public abstract Builder setCurrency(String value);

    public abstract Builder setStart(Instant value);

    public abstract Builder setEnd(Instant value);

    public abstract BilledPeriod build();
  }
}
