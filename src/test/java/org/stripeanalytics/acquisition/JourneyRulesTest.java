package org.stripeanalytics.acquisition;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JourneyRulesTest {
  private static final JourneyRules RULES =
      new JourneyRules(90, false, ZoneOffset.UTC, at("2026-01-01"));

  private static Moment visit(String session, String day, String channel) {
    return Moment.of(Visit.of(session, at(day), channel, Visit.NO_CAMPAIGN));
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T12:00:00Z");
  }

  private static List<String> credited(JourneyRules rules, Moment... moments) {
    return rules.journeys("cus_1", true, List.of(moments)).stream()
        .flatMap(journey -> journey.getCredited().stream().map(Visit::getChannel))
        .toList();
  }

  private static Moment paid(String day, long amount) {
    return Moment.ofMoney(Moment.PAYMENT, at(day), amount, "organic");
  }

  @Test
  void visitsWithinTheLookBackBelongToTheFirstPayment() {
    assertThat(
        credited(
            RULES,
            visit("s1", "2024-01-01", "email"),
            visit("s2", "2024-05-01", "paid_search"),
            visit("s3", "2024-06-02", "referral"),
            paid("2024-06-01", 2000)),
        contains("paid_search"));
  }

  @Test
  void aDirectVisitTakesCreditOnlyWhereThereIsNoOther() {
    Moment[] both = {
      visit("s1", "2024-05-01", "email"),
      visit("s2", "2024-05-02", ChannelOf.DIRECT),
      paid("2024-06-01", 2000)
    };

    assertThat(credited(RULES, both), contains("email"));
    assertThat(
        credited(new JourneyRules(90, true, ZoneOffset.UTC, at("2026-01-01")), both),
        contains("email", "direct"));
    assertThat(
        credited(RULES, visit("s2", "2024-05-02", ChannelOf.DIRECT), paid("2024-06-01", 2000)),
        contains("direct"));
  }

  @Test
  void withoutAVisitTheCustomersOwnChannelTakesTheCredit() {
    assertThat(credited(RULES, paid("2024-06-01", 2000)), contains("organic"));
  }

  @Test
  void whoeverIsNobodysCustomerHasAJourneyThatIsLost() {
    List<CustomerJourney> journeys =
        RULES.journeys("anonymous", false, List.of(visit("s1", "2024-05-01", "email")));

    assertThat(
        journeys.stream().map(CustomerJourney::getCustomerId).toList(), contains((String) null));
    assertThat(RULES.journeys("anonymous", false, List.of()), is(empty()));
  }

  @Test
  void revenueIsWhatWasPaidAndNotGivenBackWithinTwelveMonths() {
    CustomerJourney first =
        RULES
            .journeys(
                "cus_1",
                true,
                Stream.of(
                        paid("2024-06-01", 2000),
                        paid("2024-07-01", 2000),
                        Moment.ofMoney(Moment.REFUND, at("2024-07-02"), 500, "organic"),
                        paid("2025-06-01", 2000))
                    .toList())
            .get(0);

    assertThat(first.getRevenue(), is(3500L));
  }

  @Test
  void whatHappensAfterThePresentIsLeftOut() {
    JourneyRules earlier = new JourneyRules(90, false, ZoneOffset.UTC, at("2024-06-15"));

    CustomerJourney first =
        earlier
            .journeys("cus_1", true, List.of(paid("2024-06-01", 2000), paid("2024-07-01", 2000)))
            .get(0);

    assertThat(first.getRevenue(), is(2000L));
    assertThat(credited(earlier, paid("2024-06-15", 2000)), is(empty()));
  }

  @Test
  void aSessionThatIsStoredTwiceCountsOnceInAnyOrder() {
    Moment early = visit("s1", "2024-05-01", "email");
    Moment late = visit("s1", "2024-05-02", "referral");

    assertThat(credited(RULES, early, late, paid("2024-06-01", 2000)), contains("email"));
    assertThat(credited(RULES, late, early, paid("2024-06-01", 2000)), contains("email"));
  }
}
