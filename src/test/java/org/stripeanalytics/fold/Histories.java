package org.stripeanalytics.fold;

import static org.stripeanalytics.fold.Snapshots.aCustomer;
import static org.stripeanalytics.fold.Snapshots.aSubscription;
import static org.stripeanalytics.fold.Snapshots.address;
import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.professional;
import static org.stripeanalytics.fold.Snapshots.starter;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stripeanalytics.fold.Snapshots.SubscriptionBuilder;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.DiscountTerms;

/**
 * Random histories of {@code cus_1}: everything is seen on the day on which it happens, as a
 * nightly extract of a live account sees it.
 */
public final class Histories {
  private static final String[] STATUSES = {
    "trialing", "active", "active", "past_due", "unpaid", "paused"
  };

  /** What they name: a discount ends while a subscription goes on, and after it was canceled. */
  public static final Catalog CATALOG =
      Snapshots.catalogWith(
          halfPrice("di_1", "2023-02-01", "2023-08-15"),
          halfPrice("di_2", "2024-03-10", "2025-01-20"));

  private final SplittableRandom random;
  private final LocalDate start;
  private final int days;
  private final List<Change> history = new ArrayList<>();
  private int firstSubscribed = Integer.MAX_VALUE;

  private Histories(SplittableRandom random, LocalDate start, int days) {
    this.random = random;
    this.start = start;
    this.days = days;
  }

  /** A customer that moves about, with some subscriptions, each with invoices and their fates. */
  public static List<Change> of(SplittableRandom random, LocalDate start, int days) {
    return new Histories(random, start, days).tell();
  }

  private List<Change> tell() {
    int signup = 1 + random.nextInt(60);
    customer(signup);
    for (int s = 1 + random.nextInt(3); s > 0; s--) {
      subscription("sub_" + s, signup + random.nextInt(days - 200));
    }
    for (int p = random.nextInt(4); p > 0; p--) {
      // What is bought before the first subscription is counted under no plan, once and for all.
      purchase("sub_1_purchase_" + p, firstSubscribed + 1 + random.nextInt(200));
    }
    history.removeIf(change -> !change.version().getSnapshotDate().isBefore(start.plusDays(days)));
    return history;
  }

  private void customer(int signup) {
    String created = minute(signup);
    String[] countries = {"US", "DE", "JP"};
    int day = signup;
    String time = created;
    for (int version = 1 + random.nextInt(6); version > 0 && day < days; version--) {
      history.add(
          Change.of(
              aCustomer("cus_1", time)
                  .setCreated(at(created))
                  .setAddress(address(countries[random.nextInt(3)]))
                  .setDelinquent(random.nextInt(4) == 0)
                  .setDefaultPaymentMethod("pm_" + random.nextInt(2))
                  .build()));
      if (random.nextBoolean()) {
        history.add(Change.of(Payments.method("pm_" + random.nextInt(2), time, brand())));
      }
      day += 1 + random.nextInt(150);
      time = minute(day);
    }
  }

  private static DiscountTerms halfPrice(String id, String start, String end) {
    return new DiscountTerms(
        id,
        at(start),
        at(end),
        DiscountTerms.Duration.REPEATING,
        new BigDecimal(50),
        null,
        null,
        ImmutableSet.of());
  }

  private String brand() {
    return random.nextBoolean() ? "visa" : "mastercard";
  }

  private void subscription(String id, int begins) {
    SubscriptionBuilder subscription = aSubscription().id(id);
    int day = begins;
    firstSubscribed = Math.min(firstSubscribed, begins);
    if (random.nextInt(3) == 0) {
      subscription.trialing(minute(day), minute(day + 14));
      day += 14;
    }
    if (random.nextBoolean()) {
      subscription.discounted("di_" + (1 + random.nextInt(2)));
    }
    subscription.on(starter()).status("active", minute(day));
    for (int version = random.nextInt(12); version > 0; version--) {
      day += 1 + random.nextInt(60);
      subscription
          .on(random.nextInt(3) == 0 ? professional() : starter())
          .status(STATUSES[random.nextInt(STATUSES.length)], minute(day));
    }
    if (random.nextBoolean()) {
      subscription.canceled(
          minute(day + 1 + random.nextInt(30)),
          random.nextBoolean() ? "cancellation_requested" : null);
    }
    history.addAll(subscription.changes());
    for (int renewal = begins, n = 1; n <= 8; renewal += 30, n++) {
      invoice(id, "in_" + id + n, renewal);
    }
  }

  /** An invoice that is paid at once, after some failures, or never; then perhaps given back. */
  private void invoice(String subscription, String id, int day) {
    Payments payments = Payments.of(id).subscription(subscription);
    history.add(payments.open(minute(day)));
    history.add(payments.link(minute(day)));
    int attempt = day;
    int failures = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0;
    for (int failure = 0; failure < failures; failure++) {
      history.add(payments.charge("ch_" + id + failure, minute(attempt), "failed"));
      attempt += 1 + random.nextInt(6);
      history.add(payments.retrying(minute(attempt), failure + 1));
    }
    if (failures == 4) {
      history.add(payments.uncollectible(minute(attempt + 1)));
      return;
    }
    String charge = "ch_" + id + "paid";
    boolean pending = random.nextInt(5) == 0;
    String made = minute(attempt);
    if (pending) {
      history.add(payments.charge(charge, made, "pending"));
    }
    String paid = pending ? minute(attempt + 2) : made;
    history.add(
        pending
            ? payments.decided(charge, made, paid, "succeeded")
            : payments.charge(charge, paid, "succeeded"));
    history.add(payments.paid(paid));
    if (random.nextInt(6) == 0) {
      int refunded = attempt + 3 + random.nextInt(90);
      String asked = minute(refunded);
      history.add(payments.refund("re_" + id, charge, asked, "pending", asked));
      history.add(payments.refund("re_" + id, charge, minute(refunded + 2), "succeeded", asked));
    }
    if (random.nextInt(8) == 0) {
      int disputed = attempt + 3 + random.nextInt(90);
      String created = minute(disputed);
      history.add(payments.dispute("du_" + id, charge, created, created, "needs_response"));
      history.add(payments.dispute("du_" + id, charge, minute(disputed + 60), created, "lost"));
    }
  }

  /** Money is authorised outside invoices, and captured in part much later, or never. */
  private void purchase(String id, int day) {
    Payments payments = Payments.of(id);
    String charge = "ch_" + id;
    String made = minute(day);
    history.add(payments.hold(charge, made, made));
    String decided = minute(day + 1 + random.nextInt(60));
    if (random.nextBoolean()) {
      history.add(payments.captured(charge, made, decided, 7_00));
      return;
    }
    history.add(payments.released(charge, made, decided));
    history.add(payments.refund("re_" + id, charge, decided, "succeeded", decided));
  }

  private String minute(int day) {
    // Midnight and the same minute of a day are the cases that go wrong.
    int minuteOfDay = random.nextInt(4) == 0 ? 0 : 60 * (1 + random.nextInt(3));
    return String.format("%sT%02d:%02d", start.plusDays(day), minuteOfDay / 60, minuteOfDay % 60);
  }
}
