package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.forecast.CustomerFacts.aCustomer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.marts.ChurnFeatures;

class KnownHistoryTest {
  private static final LocalDate MARCH = LocalDate.parse("2024-03-01");

  /**
   * Pays from January, changes plan, fails to pay in March, disputes and announces in April; what
   * was debited then fails in May, and the customer leaves.
   */
  private static CustomerFacts everything() {
    return aCustomer()
        .revenue("2024-01-10", "new", 24_000)
        .subscribed("2024-01-10", "2024-02-20", "starter", 24_000)
        .card("2024-01-10", "debit", 4, 2024)
        .billed("2024-01-10", "2024-01-10")
        .attempted("2024-01-10", "succeeded")
        .billed("2024-02-10", "2024-02-12")
        .attempted("2024-02-10", "failed", "2024-02-12", "succeeded")
        .refunded("2024-02-15")
        .revenue("2024-02-20", "expansion", 60_000)
        .subscribed("2024-02-20", "2024-04-20", "professional", 60_000)
        .billed("2024-03-10", "2024-04-02")
        .attempted(
            "2024-03-10",
            "failed",
            "2024-03-20",
            "failed",
            "2024-03-30",
            "failed",
            "2024-04-02",
            "succeeded")
        .card("2024-04-02", "credit", 9, 2026)
        .disputed("2024-04-05")
        .billed("2024-04-10", null)
        .debited("2024-04-28", "2024-05-03", "failed")
        .subscribedButEnding("2024-04-20", "2024-05-10", "professional", 60_000)
        .leaves("2024-05-10", "voluntary");
  }

  @Test
  void aMonthHasWhatWasKnownAtItsEnd() {
    ChurnFeatures march = everything().asOf("2025-01-01").features(MARCH).orElseThrow();

    assertThat(march.getPlan() + " " + march.getArrMinor(), is("professional 60000"));
    assertThat(march.getBillsPaid(), is(2L));
    assertThat(march.getDaysSinceLastBill(), is(22L));
    assertThat(march.getDaysToNextBill(), is(9L));
    assertThat(march.getFailedAttemptsOpen(), is(3L));
    assertThat(march.getDaysInCollection(), is(22L));
    assertThat(march.getFailedFirstAttempts90d(), is(2L));
    assertThat(march.getCardFunding() + " " + march.getCardExpiresOn(), is("debit 2024-05-01"));
    assertThat(march.getUpgrades180d() + " " + march.getDowngrades180d(), is("1 0"));
    assertThat(march.getRefunds180d(), is(1L));
    assertThat(march.getIsAnnounced(), is(false));
  }

  @Test
  void nothingThatHappensLaterChangesAFeature() {
    List<CustomerFact> all = everything().facts();
    for (String month : List.of("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01")) {
      Instant cut = LocalDate.parse(month).plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      List<CustomerFact> known =
          all.stream()
              .filter(fact -> CustomerFacts.knownAt(fact).isBefore(cut))
              .map(fact -> unknowing(fact, cut))
              .toList();

      assertThat(month, features(known, month), is(features(all, month)));
    }
  }

  /** A row as it was before the cut: what ended or was paid later goes on and is open. */
  private static CustomerFact unknowing(CustomerFact fact, Instant cut) {
    SubscriptionPeriod period = fact.getPeriod();
    if (period != null && period.getValidTo() != null && !period.getValidTo().isBefore(cut)) {
      return fact.toBuilder().setPeriod(period.toBuilder().setValidTo(null).build()).build();
    }
    Bill bill = fact.getBill();
    if (bill != null && bill.getPaidAt() != null && !bill.getPaidAt().isBefore(cut)) {
      return fact.toBuilder().setBill(bill.toBuilder().setPaidAt(null).build()).build();
    }
    Attempt attempt = fact.getAttempt();
    if (attempt != null
        && attempt.getDecidedAt() != null
        && !attempt.getDecidedAt().isBefore(cut)) {
      return fact.toBuilder()
          .setAttempt(attempt.toBuilder().setStatus("pending").setDecidedAt(null).build())
          .build();
    }
    return fact;
  }

  private static Optional<ChurnFeatures> features(List<CustomerFact> facts, String month) {
    return KnownHistory.of(
            facts, CustomerFacts.MONTHLY, ZoneOffset.UTC, LocalDate.parse("2025-01-01"))
        .features(LocalDate.parse(month));
  }

  @Test
  void aPaymentThatTheBankDecidesLaterFailsOnThatDay() {
    CustomerFacts debited =
        aCustomer()
            .revenue("2024-01-10", "new", 24_000)
            .subscribed("2024-01-10", null, "starter", 24_000)
            .billed("2024-01-30", null)
            .debited("2024-01-30", "2024-02-04", "failed");

    ObservedMonth january = debited.asOf("2024-03-01").months().get(0);
    ChurnFeatures february = debited.asOf("2024-03-01").months().get(1).getFeatures();

    assertThat(january.getFeatures().getFailedFirstAttempts90d(), is(0L));
    assertThat(january.getFeatures().getFailedAttemptsOpen(), is(0L));
    assertThat(january.getFailed1m(), is(true));
    assertThat(february.getFailedFirstAttempts90d(), is(1L));
    assertThat(february.getFailedAttemptsOpen(), is(1L));
    assertThat(february.getDaysInCollection(), is(26L));
  }

  @Test
  void anInquiryCountsFromItsDayAndNoMoreOnceItIsADispute() {
    ChurnFeatures april =
        everything().asOf("2025-01-01").features(LocalDate.parse("2024-04-01")).orElseThrow();

    assertThat(april.getDisputes180d(), is(1L));
  }

  @Test
  void whoHasScheduledTheEndHasAnnouncedIt() {
    KnownHistory history = everything().asOf("2025-01-01");

    assertThat(
        history.months().stream()
            .map(m -> m.getFeatures().getMonth() + " " + m.getFeatures().getIsAnnounced())
            .toList(),
        contains("2024-01-01 false", "2024-02-01 false", "2024-03-01 false", "2024-04-01 true"));
  }

  @Test
  void anOutcomeIsKnownOnceItsMonthsAreOver() {
    assertThat(
        outcomes(everything().asOf("2024-05-20")),
        contains(
            "2024-01 stayed stayed",
            "2024-02 stayed null",
            "2024-03 stayed null",
            "2024-04 null null"));
    assertThat(
        outcomes(everything().asOf("2024-08-01")),
        contains(
            "2024-01 stayed stayed",
            "2024-02 stayed voluntary",
            "2024-03 stayed voluntary",
            "2024-04 voluntary voluntary"));
  }

  @Test
  void aFailedOrDisputedPaymentIsInvoluntaryAndAPauseNoLeaving() {
    assertThat(outcomeOfLeaving("involuntary"), is("2024-01 involuntary null"));
    assertThat(outcomeOfLeaving("dispute"), is("2024-01 involuntary null"));
    assertThat(outcomeOfLeaving("unknown"), is("2024-01 voluntary null"));
    assertThat(outcomeOfLeaving("pause"), is("2024-01 stayed null"));
  }

  @Test
  void whoHasNeverPaidHasNoMonth() {
    assertThat(aCustomer().asOf("2024-08-01").months(), empty());
  }

  private static String outcomeOfLeaving(String kind) {
    return outcomes(
            aCustomer()
                .revenue("2024-01-10", "new", 24_000)
                .subscribed("2024-01-10", "2024-02-10", "starter", 24_000)
                .leaves("2024-02-10", kind)
                .asOf("2024-03-01"))
        .get(0);
  }

  private static List<String> outcomes(KnownHistory history) {
    return history.months().stream()
        .map(
            m ->
                m.getFeatures().getMonth().toString().substring(0, 7)
                    + " "
                    + m.getOutcome1m()
                    + " "
                    + m.getOutcome3m())
        .toList();
  }
}
