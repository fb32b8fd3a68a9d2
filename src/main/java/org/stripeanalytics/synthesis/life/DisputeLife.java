package org.stripeanalytics.synthesis.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.BalanceTransaction;
import org.stripeanalytics.model.raw.Charge;
import org.stripeanalytics.model.raw.Dispute;
import org.stripeanalytics.model.raw.DisputeCard;
import org.stripeanalytics.model.raw.DisputeTransaction;
import org.stripeanalytics.model.raw.EvidenceDetails;
import org.stripeanalytics.synthesis.chance.RandomStream;
import org.stripeanalytics.synthesis.history.StripeId;
import org.stripeanalytics.synthesis.profile.Profile;

/**
 * One dispute: opened with the money withdrawn, answered or not, won or lost. An inquiry goes the
 * same way without moving money.
 */
final class DisputeLife {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int DAYS_BEFORE_DEADLINE = 1;
  private static final Map<String, String> VISA_CODES =
      Map.of(
          "fraudulent", "10.4",
          "unrecognized", "10.4",
          "subscription_canceled", "13.2",
          "product_unacceptable", "13.3",
          "credit_not_processed", "13.6",
          "duplicate", "12.6");

  private final SimulatedCustomer customer;
  private final BilledSubscription subscription;
  private final RandomStream stream;
  private final Charge charge;
  private boolean inquiry;
  private Dispute row;

  DisputeLife(
      SimulatedCustomer customer,
      Charge charge,
      BilledSubscription subscription,
      RandomStream stream) {
    this.customer = customer;
    this.charge = charge;
    this.subscription = subscription;
    this.stream = stream;
  }

  void open(Instant at) {
    Profile.Disputes terms = customer.profile.disputes();
    inquiry = stream.chance(terms.inquiries());
    boolean contested = stream.chance(terms.contested());
    boolean won = stream.chance(terms.won());
    boolean endsSubscription = stream.chance(terms.endsSubscription());
    String reason = customer.population.disputeReasons().pick(stream);
    int dueDays = stream.between(terms.dueDays().get(0), terms.dueDays().get(1));
    int verdictDays = stream.between(terms.verdictDays().get(0), terms.verdictDays().get(1));
    Instant due = at.plusSeconds((long) dueDays * SECONDS_PER_DAY);
    Instant answer =
        stream.between(
            at.plusSeconds(SECONDS_PER_DAY),
            due.minusSeconds((long) DAYS_BEFORE_DEADLINE * SECONDS_PER_DAY));
    record(at, reason, due);
    customer.journal.record(at, charge.toBuilder().setDisputed(true), "charge.updated");
    if (endsSubscription && !inquiry) {
      subscription.endByDispute(at);
    }
    if (contested) {
      Instant verdict = answer.plusSeconds((long) verdictDays * SECONDS_PER_DAY);
      customer.agenda.at(answer, () -> answer(answer));
      customer.agenda.at(verdict, () -> close(verdict, won));
    } else {
      customer.agenda.at(due, () -> close(due, false));
    }
  }

  private void record(Instant at, String reason, Instant due) {
    String id = StripeId.DISPUTE.of(stream, customer.token, at);
    String brand = charge.getPaymentMethodDetails().getCard().getBrand();
    String code = brand.equals("visa") ? VISA_CODES.get(reason) : null;
    List<DisputeTransaction> entries =
        inquiry
            ? List.of()
            : List.of(entry(customer.ledger.disputeWithdrawal(stream, at, id, charge.getAmount())));
    Dispute.Builder opened =
        Dispute.builder()
            .setId(id)
            .setCreated(at)
            .setCharge(charge.getId())
            .setPaymentIntent(charge.getPaymentIntent())
            .setAmount(charge.getAmount())
            .setCurrency(charge.getCurrency())
            .setStatus(inquiry ? "warning_needs_response" : "needs_response")
            .setReason(reason)
            .setNetworkReasonCode(code)
            .setIsChargeRefundable(inquiry)
            .setBalanceTransactions(entries)
            .setCard(
                DisputeCard.builder()
                    .setBrand(brand)
                    .setCaseType(inquiry ? "inquiry" : "chargeback")
                    .setNetworkReasonCode(code)
                    .build())
            .setEvidenceDetails(evidence(due, false, false))
            .setLivemode(true);
    row =
        inquiry
            ? customer.journal.record(at, opened, "charge.dispute.created")
            : customer.journal.record(
                at, opened, "charge.dispute.created", "charge.dispute.funds_withdrawn");
  }

  private void answer(Instant at) {
    row =
        customer.journal.record(
            at,
            row.toBuilder()
                .setStatus(inquiry ? "warning_under_review" : "under_review")
                .setEvidenceDetails(evidence(row.getEvidenceDetails().getDueBy(), true, false)),
            "charge.dispute.updated");
  }

  private void close(Instant at, boolean won) {
    boolean answered = row.getEvidenceDetails().getHasEvidence();
    EvidenceDetails details = evidence(row.getEvidenceDetails().getDueBy(), answered, !answered);
    if (inquiry) {
      row =
          customer.journal.record(
              at,
              row.toBuilder().setStatus("warning_closed").setEvidenceDetails(details),
              "charge.dispute.closed");
    } else if (won) {
      List<DisputeTransaction> entries = new ArrayList<>(row.getBalanceTransactions());
      entries.add(entry(customer.ledger.disputeReversal(stream, at, row.getId(), row.getAmount())));
      row =
          customer.journal.record(
              at,
              row.toBuilder().setStatus("won").setBalanceTransactions(entries),
              "charge.dispute.closed",
              "charge.dispute.funds_reinstated");
    } else {
      row =
          customer.journal.record(
              at,
              row.toBuilder().setStatus("lost").setEvidenceDetails(details),
              "charge.dispute.closed");
    }
  }

  private static EvidenceDetails evidence(
      @Nullable Instant due, boolean answered, boolean pastDue) {
    return EvidenceDetails.builder()
        .setDueBy(due)
        .setHasEvidence(answered)
        .setPastDue(pastDue)
        .setSubmissionCount(answered ? 1 : 0)
        .build();
  }

  /** The entry as the dispute shows it: as it stood when the money moved. */
  private static DisputeTransaction entry(BalanceTransaction entry) {
    return DisputeTransaction.builder()
        .setId(entry.getId())
        .setCreated(entry.getCreated())
        .setAmount(entry.getAmount())
        .setAvailableOn(entry.getAvailableOn())
        .setBalanceType(entry.getBalanceType())
        .setCurrency(entry.getCurrency())
        .setDescription(entry.getDescription())
        .setExchangeRate(entry.getExchangeRate())
        .setFee(entry.getFee())
        .setFeeDetails(entry.getFeeDetails())
        .setNet(entry.getNet())
        .setReportingCategory(entry.getReportingCategory())
        .setSource(entry.getSourceObject())
        .setStatus(entry.getStatus())
        .setType(entry.getType())
        .build();
  }
}
