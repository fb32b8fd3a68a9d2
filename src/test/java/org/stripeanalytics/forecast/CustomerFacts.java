package org.stripeanalytics.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Facts of one customer with one subscription, told in words; days are those of UTC, at noon. */
final class CustomerFacts {
  static final Map<String, Integer> MONTHLY = Map.of("price_month", 1, "price_year", 12);

  private final List<CustomerFact> facts = new ArrayList<>();
  private @Nullable String bill;

  static CustomerFacts aCustomer() {
    return new CustomerFacts();
  }

  List<CustomerFact> facts() {
    return facts;
  }

  KnownHistory asOf(String day) {
    return KnownHistory.of(facts, MONTHLY, ZoneOffset.UTC, LocalDate.parse(day));
  }

  CustomerFacts revenue(String day, String type, long arrMinor) {
    return revenue(day, type, arrMinor, null);
  }

  CustomerFacts leaves(String day, String kind) {
    return revenue(day, "churn", 0, kind);
  }

  private CustomerFacts revenue(String day, String type, long arrMinor, @Nullable String kind) {
    facts.add(
        CustomerFact.builder()
            .setChange(
                RevenueChange.builder()
                    .setCustomerId("cus_1")
                    .setDay(LocalDate.parse(day))
                    .setMovementType(type)
                    .setArrMinorAfter(arrMinor)
                    .setChurnKind(kind)
                    .setRegion("europe")
                    .setChannel("organic")
                    .build())
            .build());
    return this;
  }

  /**
   * @param to null while it lasts
   */
  CustomerFacts subscribed(String from, @Nullable String to, String plan, long arrMinor) {
    return period(from, to, plan, arrMinor, false);
  }

  CustomerFacts subscribedButEnding(String from, @Nullable String to, String plan, long arrMinor) {
    return period(from, to, plan, arrMinor, true);
  }

  private CustomerFacts period(
      String from, @Nullable String to, String plan, long arrMinor, boolean isEnding) {
    facts.add(
        CustomerFact.builder()
            .setPeriod(
                SubscriptionPeriod.builder()
                    .setSubscriptionId("sub_1")
                    .setCustomerId("cus_1")
                    .setValidFrom(noon(from))
                    .setValidTo(to == null ? null : noon(to))
                    .setIsCounted(true)
                    .setIsEnding(isEnding)
                    .setArrMinor(arrMinor)
                    .setArrMinorList(arrMinor)
                    .setItems(
                        List.of(
                            PeriodItem.builder()
                                .setPriceId("price_month")
                                .setPlan(plan)
                                .setArrMinor(arrMinor)
                                .build()))
                    .build())
            .build());
    return this;
  }

  /**
   * @param paid null if it never is
   */
  CustomerFacts billed(String created, @Nullable String paid) {
    bill = "in_" + created;
    facts.add(
        CustomerFact.builder()
            .setBill(
                Bill.builder()
                    .setCustomerId("cus_1")
                    .setSubscriptionId("sub_1")
                    .setInvoiceId(bill)
                    .setCreatedAt(noon(created))
                    .setPaidAt(paid == null ? null : noon(paid))
                    .setBillingReason("subscription_cycle")
                    .setTotalMinor(2000)
                    .build())
            .build());
    return this;
  }

  /** Attempts at the newest bill, one a day. */
  CustomerFacts attempted(String... outcomesByDay) {
    for (int i = 0; i < outcomesByDay.length; i += 2) {
      facts.add(
          CustomerFact.builder()
              .setAttempt(
                  Attempt.builder()
                      .setCustomerId("cus_1")
                      .setInvoiceId(bill)
                      .setCreatedAt(noon(outcomesByDay[i]))
                      .setStatus(outcomesByDay[i + 1])
                      .setIsFirstAttempt(i == 0)
                      .build())
              .build());
    }
    return this;
  }

  /** An attempt at the newest bill by debit, which the bank decides days later. */
  CustomerFacts debited(String day, String decided, String outcome) {
    facts.add(
        CustomerFact.builder()
            .setAttempt(
                Attempt.builder()
                    .setCustomerId("cus_1")
                    .setInvoiceId(bill)
                    .setCreatedAt(noon(day))
                    .setDecidedAt(noon(decided))
                    .setStatus(outcome)
                    .setIsFirstAttempt(true)
                    .build())
            .build());
    return this;
  }

  CustomerFacts card(String seen, String funding, long expMonth, long expYear) {
    facts.add(
        CustomerFact.builder()
            .setCard(
                SeenCard.builder()
                    .setCustomer("cus_1")
                    .setChangedAt(noon(seen))
                    .setCard(
                        CardTerms.builder()
                            .setFunding(funding)
                            .setExpMonth(expMonth)
                            .setExpYear(expYear)
                            .build())
                    .build())
            .build());
    return this;
  }

  CustomerFacts refunded(String day) {
    facts.add(
        CustomerFact.builder()
            .setRefund(
                Returned.builder()
                    .setCustomerId("cus_1")
                    .setCreatedAt(noon(day))
                    .setIsRelease(false)
                    .build())
            .build());
    return this;
  }

  /** An inquiry counts as a dispute does, so that nothing changes when it becomes one. */
  CustomerFacts disputed(String day) {
    facts.add(
        CustomerFact.builder()
            .setDispute(Disputed.builder().setCustomerId("cus_1").setCreatedAt(noon(day)).build())
            .build());
    return this;
  }

  /** When a fact was first known. */
  static Instant knownAt(CustomerFact fact) {
    if (fact.getChange() != null) {
      return noon(fact.getChange().getDay().toString());
    }
    if (fact.getPeriod() != null) {
      return fact.getPeriod().getValidFrom();
    }
    if (fact.getBill() != null) {
      return fact.getBill().getCreatedAt();
    }
    if (fact.getAttempt() != null) {
      return fact.getAttempt().getCreatedAt();
    }
    if (fact.getDispute() != null) {
      return fact.getDispute().getCreatedAt();
    }
    return fact.getCard() != null ? fact.getCard().getChangedAt() : fact.getRefund().getCreatedAt();
  }

  static Instant noon(String day) {
    return LocalDate.parse(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
  }
}
