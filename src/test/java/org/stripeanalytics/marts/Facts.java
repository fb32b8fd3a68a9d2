package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.at;
import static org.stripeanalytics.fold.Snapshots.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.facts.CustomerMonth;
import org.stripeanalytics.model.facts.DisputeFact;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;
import org.stripeanalytics.model.intermediate.SettlementAttempt;
import org.stripeanalytics.model.schema.RowCoder;

/** Facts with sensible defaults: of one customer from the US, in dollars. Times are UTC. */
final class Facts {

  /** A movement from {@code before} to {@code after} dollars a month. */
  static MrrMovement.Builder aMovement(String type, String day, long before, long after) {
    return MrrMovement.builder()
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setDay(day(day))
        .setMovementType(type)
        .setArrMinorBefore(before * 1200)
        .setArrMinorAfter(after * 1200)
        .setArrMinorChange((after - before) * 1200)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter");
  }

  static MrrMovement aChurn(String day, long before, String kind, String plan) {
    return aMovement("churn", day, before, 0).setChurnKind(kind).setChurnedPlan(plan).build();
  }

  /** A month that ends with {@code now} dollars a month. */
  static CustomerMonth aMonth(String month, long now, long oneMonthBefore, long twelveBefore) {
    return CustomerMonth.builder()
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setMonth(day(month))
        .setCohortMonth(day("2023-01-01"))
        .setArrMinor(now * 1200)
        .setArrMinorList(now * 1200)
        .setArrMinorBilled(now * 1200)
        .setArrMinor1mBefore(oneMonthBefore * 1200)
        .setArrMinor12mBefore(twelveBefore * 1200)
        .setPlan("starter")
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .build();
  }

  static CustomerMonth ofCohort(String cohortMonth, CustomerMonth month) {
    return month.toBuilder().setCohortMonth(day(cohortMonth)).build();
  }

  static CustomerMilestones.Builder aSignup(String day) {
    return CustomerMilestones.builder()
        .setCustomerId("cus_1")
        .setSignedUpOn(day(day))
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(day));
  }

  /** An invoice over {@code dollars}; the attempts are told as {@code succeeded} or a code. */
  static InvoiceSettlement.Builder anInvoice(String firstAttempt, long dollars, String... told) {
    List<SettlementAttempt> attempts = new ArrayList<>();
    for (String outcome : told) {
      boolean succeeded = outcome.equals("succeeded");
      attempts.add(
          SettlementAttempt.builder()
              .setChargeId("ch_" + attempts.size())
              .setAttemptedAt(at(firstAttempt).plusSeconds(86_400L * attempts.size()))
              .setStatus(succeeded ? "succeeded" : "failed")
              .setFailureCode(succeeded ? null : outcome)
              .build());
    }
    long succeeded = attempts.stream().filter(a -> a.getStatus().equals("succeeded")).count();
    boolean firstFailed = attempts.get(0).getStatus().equals("failed");
    return InvoiceSettlement.builder()
        .setInvoiceId("in_1")
        .setCustomerId("cus_1")
        .setCurrency("usd")
        .setStatus(succeeded > 0 ? "paid" : "open")
        .setAmountDueMinor(dollars * 100)
        .setAmountDueReportingMinor(dollars * 100)
        .setFirstAttemptedAt(at(firstAttempt))
        .setFirstAttemptStatus(attempts.get(0).getStatus())
        .setAttempts(attempts.size())
        .setAttemptsSucceeded(succeeded)
        .setAttemptsFailed(attempts.size() - succeeded)
        .setIsRecovered(firstFailed && succeeded > 0)
        .setIsInRecovery(false)
        .setAttemptLog(attempts)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(dayOf(at(firstAttempt)));
  }

  /** A succeeded Visa charge of $100. */
  static PaymentFact.Builder aCharge(String id, String day) {
    return PaymentFact.builder()
        .setChargeId(id)
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setSubscriptionKey(-1)
        .setDay(day(day))
        .setCreatedAt(at(day))
        .setStatus("succeeded")
        .setNetwork("visa")
        .setAttemptNumber(1)
        .setIsFirstAttempt(true)
        .setCurrency("usd")
        .setAmountMinor(100_00)
        .setAmountReportingMinor(100_00)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(day));
  }

  static RefundFact.Builder aRefund(String id, String charge, String charged, String day) {
    return RefundFact.builder()
        .setRefundId(id)
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setSubscriptionKey(-1)
        .setChargeId(charge)
        .setChargeDay(day(charged))
        .setNetwork("visa")
        .setDay(day(day))
        .setCreatedAt(at(day))
        .setStatus("succeeded")
        .setIsRelease(false)
        .setCurrency("usd")
        .setAmountMinor(40_00)
        .setAmountReportingMinor(40_00)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(day));
  }

  static DisputeFact.Builder aDispute(String id, String charge, String charged, String day) {
    return DisputeFact.builder()
        .setDisputeId(id)
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setSubscriptionKey(-1)
        .setChargeId(charge)
        .setChargeDay(day(charged))
        .setNetwork("visa")
        .setDay(day(day))
        .setCreatedAt(at(day))
        .setStatus("needs_response")
        .setReason("fraudulent")
        .setIsInquiry(false)
        .setCurrency("usd")
        .setAmountMinor(100_00)
        .setAmountReportingMinor(100_00)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(day));
  }

  static LedgerEntry.Builder anEntry(String day, String part, long amountMinor, long feeMinor) {
    return LedgerEntry.builder()
        .setBalanceTransactionId("txn_" + part + day)
        .setCustomerKey(1)
        .setCustomerId("cus_1")
        .setDay(day(day))
        .setCreatedAt(at(day))
        .setAvailableAt(at(day))
        .setType(part)
        .setReportingCategory(part)
        .setRevenuePart(part)
        .setStatus("available")
        .setCurrency("usd")
        .setAmountMinor(amountMinor)
        .setFeeMinor(feeMinor)
        .setNetMinor(amountMinor - feeMinor)
        .setAmountReportingMinor(amountMinor)
        .setFeeReportingMinor(feeMinor)
        .setNetReportingMinor(amountMinor - feeMinor)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("referral")
        .setInitialPlan("starter")
        .setAsOf(day(day));
  }

  static SpendFact spent(String day, String channel, String region, long dollars) {
    return SpendFact.builder()
        .setDay(day(day))
        .setChannelKey(1)
        .setChannel(channel)
        .setRegion(region)
        .setCampaign("none")
        .setAccount("none")
        .setCurrency("usd")
        .setAmountMinor(dollars * 100)
        .setAmountReportingMinor(dollars * 100)
        .setAsOf(day(day))
        .build();
  }

  @SafeVarargs
  static <T> PCollection<T> in(TestPipeline pipeline, Class<T> rowClass, T... facts) {
    return in(pipeline, rowClass, List.of(facts));
  }

  static <T> PCollection<T> in(TestPipeline pipeline, Class<T> rowClass, List<T> facts) {
    return pipeline.apply(
        "Create" + rowClass.getSimpleName(), Create.of(facts).withCoder(RowCoder.of(rowClass)));
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private Facts() {}
}
