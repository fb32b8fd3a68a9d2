package org.stripeanalytics.synthesis.account;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.profile.Profile;

/** Adds up, over the customers it hears of, what the objects of the account depend on. */
public final class Tallies implements Recorder {
  private final int payoutWeekday;
  private final Map<Tally, Long> sums = new HashMap<>();

  public Tallies(Profile profile) {
    this.payoutWeekday = profile.payouts().weekday();
  }

  @Override
  public void record(Snapshot<?> snapshot) {
    if (snapshot.row() instanceof BalanceTransaction entry) {
      if (entry.getStatus().equals("pending")) {
        add(Tally.PAYOUT, "", payoutDay(entry.getAvailableOn(), payoutWeekday), entry.getNet());
      }
    } else if (snapshot.row() instanceof Invoice invoice) {
      if (snapshot.events().contains("invoice.paid") && invoice.getAmountPaid() > 0) {
        add(Tally.BILLED, "", day(snapshot.at()), invoice.getAmountPaid());
      }
    } else if (snapshot.row() instanceof Discount discount
        && snapshot.events().contains("customer.discount.created")) {
      add(Tally.REDEEMED, discount.getCoupon(), day(snapshot.at()), 1);
    }
  }

  public Map<Tally, Long> sums() {
    return sums;
  }

  /** The first day of payout on which money available at this time can leave. */
  static LocalDate payoutDay(Instant available, int weekday) {
    LocalDate day = day(available);
    return day.plusDays(Math.floorMod(weekday - day.getDayOfWeek().getValue(), 7));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private void add(String kind, String name, LocalDate day, long amount) {
    sums.merge(Tally.of(kind, name, day), amount, Long::sum);
  }
}
