package org.stripeanalytics.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.server.Account;
import org.stripeanalytics.server.AccountObject;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.JsonObject;
import org.stripeanalytics.server.SimulatedStripe.LateEvents;
import org.stripeanalytics.server.StripeApi;

class ExtractionTest {
  private static final Instant END = TestStripe.END.atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path landing;
  private final MovableClock clock = new MovableClock(END);

  @Test
  void theFirstRunLandsEveryObjectOfTheAccountAndTheEventsOfThirtyDays() throws Exception {
    clock.advance(MINUTE.multipliedBy(5));
    Account account = TestStripe.simulated(30, clock, LateEvents.NONE);

    Extraction.Result result = extraction(account, TestStripe.WITHOUT_LIMITS).run();

    Map<String, Set<String>> landed = TestStripe.idsByType(TestStripe.objects(landing));
    for (ObjectType type : ObjectType.values()) {
      assertThat(
          type.id(), landed.getOrDefault(type.id(), Set.of()), is(idsOf(account, type.id())));
    }
    assertThat(landed.get("event"), is(idsOf(account, "event")));
    assertThat(landed.get("payment_method"), is(idsOf(account, "payment_method")));
    assertThat(landed.get("discount"), is(idsOf(account, "discount")));
    assertThat(result.backfill(), is(true));
    assertThat(result.objects(), is((long) TestStripe.lines(landing).size()));
  }

  @Test
  void anObjectIsLandedAsTheApiSentIt() throws Exception {
    Account account = TestStripe.charges(clock, 3);

    extraction(account, TestStripe.WITHOUT_LIMITS).run();

    String sent = new String(account.ofType("charge").get(0).json(END), UTF_8);
    assertThat(TestStripe.lines(landing).get(0), is(sent));
  }

  @Test
  void theDayAndTimeOfTheStateAreInTheNameOfItsFile() throws Exception {
    extraction(TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS).run();

    try (Stream<Path> files = Files.list(landing.resolve("2025-12-31"))) {
      assertThat(
          files.map(file -> file.getFileName().toString()).toList(),
          is(List.of("charges-1293840000-1767225600.extracted-20251231T235959Z.ndjson")));
    }
  }

  @Test
  void whatChangesWhileItRunsAndAppearsLateIsRightInTheEnd() throws Exception {
    MovableClock account = new MovableClock(END.minus(Duration.ofDays(20)));
    Account stripe =
        TestStripe.simulated(60, account, new LateEvents(0.3, Duration.ofSeconds(60), 3));
    StripeTransport calm = TestStripe.transport(stripe, TestStripe.WITHOUT_LIMITS, account);
    // Every request takes five hours, so much changes between the pages.
    StripeTransport slow =
        path -> {
          account.advance(Duration.ofHours(5));
          return calm.get(path);
        };
    Extraction.of(TestStripe.plan(landing), slow, account, TestStripe.moving(account)).run();
    while (account.instant().isBefore(END.plus(MINUTE.multipliedBy(10)))) {
      account.advance(Duration.ofHours(11));
      Extraction.of(TestStripe.plan(landing), calm, account, TestStripe.moving(account)).run();
    }

    Map<String, String> states = newestStates();
    for (String type :
        List.of(
            "subscription",
            "invoice",
            "charge",
            "customer",
            "refund",
            "payment_intent",
            "dispute",
            "balance_transaction",
            "payout",
            "invoice_payment")) {
      for (AccountObject object : stripe.ofType(type)) {
        JsonNode now = TestStripe.json(new String(object.json(END), UTF_8));
        assertThat(object.id(), states.get(object.id()), is(stateOf(now)));
      }
    }
  }

  @Test
  void anHourWithTwoThousandChangesCostsFewReads() throws Exception {
    List<JsonObject> objects = new ArrayList<>();
    objects.add(TestStripe.charge(1));
    for (int i = 0; i < 3500; i++) {
      objects.add(
          JsonObject.of(
              "{'id':'evt_%d','object':'event','created':%d,'data':{'object':{'id':'ch_%d'}}}"
                  .formatted(i, END.plusSeconds(i).getEpochSecond(), i % 2000)));
    }
    // What no event tells of: as many as 100,000 simulated customers have to 2,000 changed objects.
    for (String type : List.of("balance_transaction", "invoice_payment")) {
      for (int i = 0; i < 370; i++) {
        objects.add(
            JsonObject.of(
                "{'id':'%s_%d','object':'%s','created':%d}"
                    .formatted(type, i, type, END.plusSeconds(9 * i).getEpochSecond())));
      }
    }
    // In the first hour of a day, in which some of what was pending has become available.
    objects.addAll(pendingFor(Duration.ofDays(7), 1300));
    Account account = TestStripe.of(clock, objects);
    clock.advance(MINUTE.negated());
    extraction(account, TestStripe.WITHOUT_LIMITS).run();
    clock.advance(Duration.ofMinutes(61));

    Extraction.Result hour = extraction(account, TestStripe.WITHOUT_LIMITS).run();

    assertThat(hour.backfill(), is(false));
    assertThat(hour.reads(), lessThanOrEqualTo(50L));
    assertThat(TestStripe.idsByType(TestStripe.objects(landing)).get("event").size(), is(3480));
  }

  @Test
  void whatWasPendingIsReadAgainOnceItIsAvailableEvenIfTheRunThatReadItWasKilled()
      throws Exception {
    clock.advance(MINUTE.negated());
    Account account = TestStripe.of(clock, pendingFor(Duration.ofDays(2), 150));
    StripeTransport whole = TestStripe.transport(account, TestStripe.WITHOUT_LIMITS, clock);
    StripeTransport broken =
        path -> {
          if (path.contains("balance_transactions") && path.contains("starting_after")) {
            throw new IllegalStateException("killed");
          }
          return whole.get(path);
        };
    Pause pause = TestStripe.moving(clock);
    assertThrows(
        IllegalStateException.class,
        () -> Extraction.of(TestStripe.plan(landing), broken, clock, pause).run());
    extraction(account, TestStripe.WITHOUT_LIMITS).run();
    assertThat(TestStripe.lines(landing).size(), is(150));

    clock.advance(Duration.ofDays(3));
    extraction(account, TestStripe.WITHOUT_LIMITS).run();

    assertThat(TestStripe.lines(landing).size(), is(300));
  }

  @Test
  void whatEventsDoNotTellOfANewCouponIsReadFromItsList() throws Exception {
    Account account =
        TestStripe.of(
            clock,
            List.of(
                JsonObject.of(
                    "{'id':'HALF','object':'coupon','created':%d,'applies_to':{'products':['prod_1']}}"
                        .formatted(END.plusSeconds(60).getEpochSecond()))));
    clock.advance(MINUTE.negated());
    extraction(account, TestStripe.WITHOUT_LIMITS).run();
    assertThat(TestStripe.lines(landing).size(), is(0));
    clock.advance(Duration.ofHours(1));

    extraction(account, TestStripe.WITHOUT_LIMITS).run();

    assertThat(TestStripe.lines(landing).get(0), containsString("prod_1"));
  }

  @Test
  void linesAfterTheTenthAreReadFromTheirOwnList() throws Exception {
    String lines =
        String.join(
            ",",
            IntStream.rangeClosed(1, 125)
                .mapToObj("{'id':'il_%d','object':'line_item','invoice':'in_1'}"::formatted)
                .toList());
    Account account =
        TestStripe.of(
            clock,
            List.of(
                JsonObject.of(
                    "{'id':'in_1','object':'invoice','created':1700000000,'discounts':[],"
                        .concat("'lines':{'object':'list','data':[" + lines + "],")
                        .concat("'has_more':false,'url':'/v1/invoices/in_1/lines'}}"))));

    extraction(account, TestStripe.WITHOUT_LIMITS).run();

    assertThat(TestStripe.idsByType(TestStripe.objects(landing)).get("line_item").size(), is(115));
  }

  @Test
  void aCustomersPaymentMethodsAreAllThereWhenTheyAreAskedFor() throws Exception {
    String card = "{'id':'pm_%d','object':'payment_method','customer':'cus_1'}";
    Account account =
        TestStripe.of(
            clock,
            List.of(
                JsonObject.of(
                    "{'id':'cus_1','object':'customer','created':1600000000,"
                        + "'invoice_settings':{'default_payment_method':'pm_1'}}"),
                JsonObject.of(card.formatted(1)),
                JsonObject.of(card.formatted(2))));
    Path all = landing.resolve("all");
    Extraction.Plan plan = TestStripe.plan(all);

    Extraction.of(
            new Extraction.Plan(
                all, plan.account(), plan.without(), true, plan.since(), 1e6, 1e6, 1),
            TestStripe.transport(account, TestStripe.WITHOUT_LIMITS, clock),
            clock,
            TestStripe.moving(clock))
        .run();

    assertThat(
        TestStripe.idsByType(TestStripe.objects(all)).get("payment_method"),
        is(Set.of("pm_1", "pm_2")));
  }

  @Test
  void failuresThatPassCostRetriesAndNothingElse() throws Exception {
    Account account = TestStripe.charges(clock, 900);

    Extraction.Result result =
        extraction(account, Behavior.USUAL.withFailures(0.3, 4).withRequestsPerSecond(2, 5)).run();

    assertThat(TestStripe.idsByType(TestStripe.objects(landing)).get("charge").size(), is(900));
    assertThat(result.retries(), greaterThan(5L));
  }

  @Test
  void aForbiddenTypeIsAnErrorThatNamesItUnlessItIsLeftOut() throws Exception {
    StripeApi api =
        new StripeApi(
            TestStripe.charges(clock, 1),
            TestStripe.WITHOUT_LIMITS.withForbidden(ImmutableSet.of("payouts")),
            clock);
    StripeTransport restricted = TestStripe.transport(api, "rk_test_" + "anything");
    Pause pause = TestStripe.moving(clock);
    Extraction.Plan plan = TestStripe.plan(landing);

    ExtractionException refused =
        assertThrows(
            ExtractionException.class, () -> Extraction.of(plan, restricted, clock, pause).run());

    assertThat(refused.getMessage(), containsString("GET /v1/payouts was refused with 403"));
    assertThat(refused.getMessage(), containsString("--without=payout"));
    Extraction.of(TestStripe.without(plan, "payout"), restricted, clock, pause).run();
    assertThat(TestStripe.lines(landing).size(), is(1));
  }

  @Test
  void aStateOlderThanEventsAreKeptIsRefused() throws Exception {
    extraction(TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS).run();
    clock.advance(Duration.ofDays(30));

    ExtractionException refused =
        assertThrows(
            ExtractionException.class,
            () -> extraction(TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS).run());

    assertThat(refused.getMessage(), containsString("Stripe keeps events for 30 days only"));
  }

  @Test
  @SuppressWarnings("try") // the lock is held, not used
  void aLandingHoldsOneAccountAndOneExtractionAtATime() throws Exception {
    extraction(TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS).run();
    Files.writeString(
        landing.resolve(ExtractState.FILE),
        Files.readString(landing.resolve(ExtractState.FILE)).replace("\"test\"", "\"other\""));
    assertThrows(
        ExtractionException.class,
        () -> extraction(TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS));

    Path busy = landing.resolve("busy");
    try (LandingLock lock = LandingLock.take(busy)) {
      ExtractionException refused =
          assertThrows(
              ExtractionException.class,
              () ->
                  Extraction.of(
                          TestStripe.plan(busy),
                          TestStripe.transport(
                              TestStripe.charges(clock, 1), TestStripe.WITHOUT_LIMITS, clock),
                          clock,
                          TestStripe.moving(clock))
                      .run());
      assertThat(refused.getMessage(), containsString("another extraction writes to"));
    }
  }

  @Test
  void theBudgetOfAnAccountIsToldBeforeItIsRead() throws Exception {
    List<JsonObject> objects =
        new ArrayList<>(IntStream.rangeClosed(1, 2600).mapToObj(TestStripe::charge).toList());
    objects.add(
        JsonObject.of(
            "{'id':'cus_1','object':'customer','created':1600000000,'invoice_settings':{'default_payment_method':null}}"));

    ReadBudget budget =
        extraction(TestStripe.of(clock, objects), TestStripe.WITHOUT_LIMITS).budget();

    assertThat(budget.text(), containsString("reads the whole account: at most about"));
    assertThat(budget.reads(), greaterThan(2600 / 100L));
  }

  /** Entries of the balance before {@link #END}, each pending until so long after its day. */
  private static List<JsonObject> pendingFor(Duration time, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> END.minusSeconds(90 + i * time.toSeconds() / number))
        .map(
            created ->
                JsonObject.of(
                    "{'id':'txn_%s','object':'balance_transaction','status':'pending','created':%d,'available_on':%d}"
                        .formatted(
                            created.getEpochSecond(),
                            created.getEpochSecond(),
                            created.truncatedTo(ChronoUnit.DAYS).plus(time).getEpochSecond())))
        .toList();
  }

  private Extraction extraction(Account account, Behavior behavior) {
    return Extraction.of(
        TestStripe.plan(landing),
        TestStripe.transport(account, behavior, clock),
        clock,
        TestStripe.moving(clock));
  }

  private static Set<String> idsOf(Account account, String type) {
    Set<String> ids = new TreeSet<>();
    account.ofType(type).forEach(object -> ids.add(object.id()));
    return ids;
  }

  /** The state of each object that is newest by the times that the landing gives. */
  private Map<String, String> newestStates() throws IOException {
    Map<String, Long> times = new TreeMap<>();
    Map<String, String> states = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(landing)) {
      files = walk.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
    }
    for (Path file : files) {
      String stamp = file.getFileName().toString().replaceFirst(".*extracted-", "");
      Instant extracted =
          Instant.parse(
              stamp.replaceFirst(
                  "(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z.*", "$1-$2-$3T$4:$5:$6Z"));
      List<JsonNode> newestFirst = Files.readAllLines(file).stream().map(TestStripe::json).toList();
      for (int i = newestFirst.size() - 1; i >= 0; i--) {
        JsonNode line = newestFirst.get(i);
        boolean event = line.path("object").asText().equals("event");
        JsonNode object = event ? line.at("/data/object") : line;
        long time = event ? line.path("created").asLong() : extracted.getEpochSecond();
        String id = object.path("id").asText();
        if (times.getOrDefault(id, 0L) <= time) {
          times.put(id, time);
          states.put(id, stateOf(object));
        }
      }
    }
    return states;
  }

  /** What of an object changes. */
  private static String stateOf(JsonNode object) {
    return Stream.of(
            "status",
            "amount_refunded",
            "amount_paid",
            "attempt_count",
            "cancel_at",
            "canceled_at",
            "ended_at",
            "disputed",
            "balance",
            "email",
            "latest_charge")
        .map(name -> name + "=" + object.path(name).asText())
        .toList()
        .toString();
  }
}
