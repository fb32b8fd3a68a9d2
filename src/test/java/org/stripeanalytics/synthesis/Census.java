package org.stripeanalytics.synthesis;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Discount;
import org.stripeanalytics.model.raw.Dispute;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.PaymentMethod;
import org.stripeanalytics.model.raw.Refund;
import org.stripeanalytics.model.raw.Subscription;
import org.stripeanalytics.model.truth.CustomerTruth;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.history.Recorder;
import org.stripeanalytics.synthesis.history.Snapshot;
import org.stripeanalytics.synthesis.life.CustomerHistory;
import org.stripeanalytics.synthesis.profile.Profile;
import org.stripeanalytics.synthesis.profile.Region;

/**
 * Counts what happens in an account, customer by customer, from nothing but its objects. What could
 * still be decided after the end of the history is left out of a count.
 */
final class Census {
  private final Profile profile;
  private final Instant end;

  /** How often something happened, and the sums of its probability and of its variance. */
  static final class Rate {
    long happened;
    double expected;
    double variance;

    void add(boolean happens, double probability) {
      happened += happens ? 1 : 0;
      expected += probability;
      variance += probability * (1 - probability);
    }
  }

  final Map<String, Rate> rates = new LinkedHashMap<>();

  /** By kind of mix: what was counted under each name. */
  final Map<String, Map<String, Long>> mixes = new LinkedHashMap<>();

  long firstAttempts;
  long declined;
  long recovered;
  long exhausted;

  Census(SimulatedAccount account) {
    this.profile = account.profile();
    this.end = account.endInstant();
  }

  void count(CustomerHistory history, long index) {
    OneCustomer one = new OneCustomer();
    history.simulate(index, one).ifPresent(one::add);
  }

  private Rate rate(String name) {
    return rates.computeIfAbsent(name, key -> new Rate());
  }

  private void mix(String kind, String name) {
    mixes.computeIfAbsent(kind, key -> new LinkedHashMap<>()).merge(name, 1L, Long::sum);
  }

  private boolean isOver(Instant since, int days) {
    return since.plus(Duration.ofDays(days)).isBefore(end);
  }

  /** Keeps the newest objects of one customer, and a little of how they became so. */
  private final class OneCustomer implements Recorder {
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Map<String, Invoice> invoices = new LinkedHashMap<>();
    private final Map<String, Charge> charges = new LinkedHashMap<>();
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, Dispute> disputes = new LinkedHashMap<>();
    private final Map<String, Discount> discounts = new LinkedHashMap<>();
    private final Map<String, PaymentMethod> cards = new LinkedHashMap<>();
    private final Map<String, String> firstOutcome = new HashMap<>();
    private final Map<String, Instant> canceledDuring = new HashMap<>();
    private final Set<String> upgraded = new HashSet<>();
    private final Set<String> leftUnpaid = new HashSet<>();

    @Override
    public void record(Snapshot<?> snapshot) {
      if (snapshot.row() instanceof Subscription row) {
        Subscription before = subscriptions.put(row.getId(), row);
        if (before != null && row.getStatus().equals("unpaid")) {
          leftUnpaid.add(row.getId());
        }
        if (row.getCanceledAt() != null && "cancellation_requested".equals(reason(row))) {
          canceledDuring.put(row.getLatestInvoice(), row.getCanceledAt());
        }
      } else if (snapshot.row() instanceof Invoice row) {
        invoices.put(row.getId(), row);
        if (row.getAttemptCount() == 1 && row.getAmountDue() > 0) {
          firstOutcome.putIfAbsent(row.getId(), row.getStatus());
        }
      } else if (snapshot.row() instanceof Charge row) {
        charges.put(row.getId(), row);
      } else if (snapshot.row() instanceof Refund row) {
        refunds.put(row.getId(), row);
      } else if (snapshot.row() instanceof Dispute row) {
        disputes.put(row.getId(), row);
      } else if (snapshot.row() instanceof Discount row) {
        discounts.put(row.getId(), row);
      } else if (snapshot.row() instanceof PaymentMethod row) {
        cards.putIfAbsent(row.getId(), row);
      }
    }

    void add(CustomerTruth truth) {
      addSignup(truth);
      addPayments();
      addPeriods(truth);
      addEnds(truth);
    }

    private void addSignup(CustomerTruth truth) {
      mix("outcome", truth.getOutcome());
      mix("region", truth.getRegion());
      mix("channel", truth.getChannel());
      mix("country " + truth.getRegion(), truth.getCountry());
      if (truth.getOutcome().equals("none") || subscriptions.isEmpty()) {
        return;
      }
      mix("plan " + truth.getRegion(), truth.getPlan());
      rate("coupons.share").add(!discounts.isEmpty(), profile.coupons().share());
      discounts.values().forEach(discount -> mix("coupon", discount.getCoupon()));
      PaymentMethod card = cards.values().iterator().next();
      mix("brand " + truth.getCountry(), card.getCard().getBrand());
      rate("cards.prepaid")
          .add(card.getCard().getFunding().equals("prepaid"), profile.cards().prepaid());
      if (truth.getOutcome().equals("trial")) {
        double conversion =
            profile.trial().conversion()
                * profile.regions().get(region(truth)).conversionMultiplier();
        rate("trial.conversion").add(truth.getMeansToPay(), conversion);
      }
    }

    private void addPayments() {
      boolean first = true;
      for (Charge charge : charges.values()) {
        if (!charge.getPaid()) {
          continue;
        }
        String which = first ? "first_payment" : "later";
        first = false;
        if (isOver(charge.getCreated(), profile.disputes().mostDays())) {
          rate("disputes." + which)
              .add(
                  charge.getDisputed(),
                  which.equals("later")
                      ? profile.disputes().later()
                      : profile.disputes().firstPayment());
          boolean refunded =
              refunds.values().stream().anyMatch(r -> charge.getId().equals(r.getCharge()));
          rate("refunds." + which)
              .add(
                  refunded,
                  which.equals("later")
                      ? profile.refunds().later()
                      : profile.refunds().firstPayment());
        }
      }
      for (Refund refund : refunds.values()) {
        rate("refunds.full")
            .add(
                refund.getAmount() == charges.get(refund.getCharge()).getAmount(),
                profile.refunds().full());
        if (isOver(refund.getCreated(), 15)) {
          rate("refunds.failed")
              .add(refund.getStatus().equals("failed"), profile.refunds().failed());
        }
      }
      for (Dispute dispute : disputes.values()) {
        boolean inquiry = dispute.getStatus().startsWith("warning_");
        rate("disputes.inquiries").add(inquiry, profile.disputes().inquiries());
        if (isOver(dispute.getCreated(), 100)) {
          boolean contested = dispute.getEvidenceDetails().getHasEvidence();
          rate("disputes.contested").add(contested, profile.disputes().contested());
          if (contested && !inquiry) {
            rate("disputes.won").add(dispute.getStatus().equals("won"), profile.disputes().won());
          }
        }
      }
    }

    /** What customers do in a period that they have paid. */
    private void addPeriods(CustomerTruth truth) {
      Map<String, Integer> months = new HashMap<>();
      Map<String, Long> price = new HashMap<>();
      Set<String> downgraded = new HashSet<>();
      for (Invoice invoice : invoices.values()) {
        String subscription = invoice.getParent().getSubscription();
        boolean change = invoice.getBillingReason().equals("subscription_update");
        if (change) {
          upgraded.add(subscription);
        }
        if (invoice.getAmountDue() == 0 || change) {
          continue;
        }
        addAttempt(invoice, truth, months.isEmpty());
        if (!invoice.getStatus().equals("paid")) {
          continue;
        }
        int month = months.merge(subscription, 1, Integer::sum);
        long amount = invoice.getLines().get(0).getAmount();
        Long before = price.put(subscription, amount);
        if (before != null && before > amount) {
          downgraded.add(subscription);
        }
        if (downgraded.contains(subscription)
            || !isOver(invoice.getLines().get(0).getPeriod().getEnd(), 0)) {
          continue;
        }
        Profile.Plan plan = profile.plans().get(amount == 2000 ? "starter" : "professional");
        double tenure =
            profile.churn().tenure().get(Math.min(month, profile.churn().tenure().size()) - 1);
        double hazard =
            plan.voluntaryChurn()
                * tenure
                * profile.channels().get(truth.getChannel()).churnMultiplier();
        Instant requested = canceledDuring.get(invoice.getId());
        rate("plans." + (amount == 2000 ? "starter" : "professional") + ".voluntary_churn")
            .add(requested != null, hazard * (1 + profile.churn().revoked()));
      }
    }

    private void addAttempt(Invoice invoice, CustomerTruth truth, boolean first) {
      String outcome = firstOutcome.get(invoice.getId());
      if (outcome == null || !truth.getMeansToPay()) {
        return;
      }
      boolean settled = isOver(invoice.getCreated(), 45);
      if (settled) {
        firstAttempts++;
        if (!outcome.equals("paid")) {
          declined++;
          if (invoice.getStatus().equals("paid")) {
            recovered++;
          } else {
            exhausted++;
          }
        }
      }
    }

    private void addEnds(CustomerTruth truth) {
      int number = 0;
      for (Subscription subscription : subscriptions.values()) {
        number++;
        boolean paid =
            invoices.values().stream()
                .anyMatch(
                    i ->
                        i.getParent().getSubscription().equals(subscription.getId())
                            && i.getAmountPaid() > 0);
        Instant ended = subscription.getEndedAt();
        if (paid && ended != null && !"payment_disputed".equals(reason(subscription))) {
          if (isOver(ended, 900)) {
            rate("reactivation.share")
                .add(number < subscriptions.size(), profile.reactivation().share());
          }
          if ("payment_failed".equals(reason(subscription))) {
            rate("payments.unpaid_share")
                .add(leftUnpaid.contains(subscription.getId()), profile.payments().unpaidShare());
          }
        }
        Instant canceled = subscription.getCanceledAt();
        if (ended != null
            && "cancellation_requested".equals(reason(subscription))
            && isOver(canceled, 32)) {
          rate("churn.at_period_end")
              .add(subscription.getCancelAtPeriodEnd(), profile.churn().atPeriodEnd());
          mix("feedback", subscription.getCancellationDetails().getFeedback());
        }
        if (number == 1
            && truth.getOutcome().equals("trial")
            && !truth.getMeansToPay()
            && isOver(subscription.getTrialEnd(), 1)) {
          mix(
              "unconverted",
              subscription.getStatus().equals("paused")
                  ? "card_removed"
                  : "payment_failed".equals(reason(subscription))
                      ? "failed_first_payment"
                      : "canceled");
        }
      }
    }

    private static String reason(Subscription subscription) {
      return subscription.getCancellationDetails().getReason();
    }

    private static Region region(CustomerTruth truth) {
      return Region.valueOf(truth.getRegion().toUpperCase(java.util.Locale.ROOT));
    }
  }
}
