package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aRefund;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Collections2;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.synthesis.SimulatedObjects;
import org.stripeanalytics.synthesis.Simulations;
import org.stripeanalytics.synthesis.account.SimulatedAccount;

/** Which of several versions of one second is the last, whatever the ids of their events. */
class OrderWithinASecondTest {
  private static final Instant SECOND = Instant.parse("2024-01-05T09:00:00Z");
  private static final long SECONDS_OF_A_DAY = 86_400;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each pair in its true order; what is compared is a column of the table. */
  static Stream<Arguments> pairs() {
    return Stream.of(
        pair(
            "a first payment makes a subscription active",
            aSubscription()
                .with("status", "\"incomplete\"")
                .event("evt_1", "customer.subscription.created", SECOND),
            aSubscription()
                .event(
                    "evt_2",
                    "customer.subscription.updated",
                    SECOND,
                    "{\"status\":\"incomplete\"}")),
        pair(
            "a payment fails and then succeeds, against the rank of the states",
            aSubscription()
                .with("status", "\"past_due\"")
                .event(
                    "evt_1", "customer.subscription.updated", SECOND, "{\"status\":\"trialing\"}"),
            aSubscription()
                .event(
                    "evt_2", "customer.subscription.updated", SECOND, "{\"status\":\"past_due\"}")),
        pair(
            "a plan changes as the trial ends",
            aSubscription()
                .event(
                    "evt_1", "customer.subscription.updated", SECOND, "{\"status\":\"trialing\"}"),
            aSubscription()
                .with("items.data.0.quantity", "5")
                .event(
                    "evt_2",
                    "customer.subscription.updated",
                    SECOND,
                    "{\"items\":{\"data\":[{\"id\":\"si_1\",\"quantity\":1}]}}")),
        pair(
            "an update and then the end",
            aSubscription()
                .with("metadata", "{\"note\":\"bye\"}")
                .event(
                    "evt_1",
                    "customer.subscription.updated",
                    SECOND,
                    "{\"metadata\":{\"note\":null}}"),
            aSubscription()
                .with("status", "\"canceled\"")
                .event("evt_2", "customer.subscription.deleted", SECOND)),
        pair(
            "a customer is updated and deleted",
            aCustomer().with("name", "\"Zoe\"").event("evt_1", "customer.updated", SECOND),
            aCustomer().event("evt_2", "customer.deleted", SECOND)),
        pair(
            "an invoice is finalised and paid, and no event says what it changed",
            anInvoice()
                .with("status", "\"open\"")
                .with("amount_paid", "0")
                .event("evt_1", "invoice.finalized", SECOND),
            anInvoice().event("evt_2", "invoice.paid", SECOND)),
        pair(
            "a payment of an invoice fails once more",
            anInvoice()
                .with("status", "\"open\"")
                .with("attempt_count", "1")
                .event("evt_1", "invoice.payment_failed", SECOND),
            anInvoice()
                .with("status", "\"open\"")
                .with("attempt_count", "2")
                .event("evt_2", "invoice.payment_failed", SECOND)),
        pair(
            "a charge succeeds and is refunded in part",
            aCharge().event("evt_1", "charge.succeeded", SECOND),
            aCharge().with("amount_refunded", "500").event("evt_2", "charge.refunded", SECOND)),
        pair(
            "a pending charge succeeds",
            aCharge().with("status", "\"pending\"").event("evt_1", "charge.pending", SECOND),
            aCharge().event("evt_2", "charge.succeeded", SECOND)),
        pair(
            "a refund that succeeded fails",
            aRefund().event("evt_1", "refund.updated", SECOND),
            aRefund().with("status", "\"failed\"").event("evt_2", "refund.failed", SECOND)),
        pair(
            "a card expires, as nested attributes say",
            aCustomer()
                .with("address", "{\"city\":\"Rome\"}")
                .event("evt_1", "customer.updated", SECOND, "{\"address\":{\"city\":null}}"),
            aCustomer()
                .with("address", "{\"city\":\"Oslo\"}")
                .event("evt_2", "customer.updated", SECOND, "{\"address\":{\"city\":\"Rome\"}}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void theLaterOneStands(String situation, StripeObject earlier, StripeObject later) {
    for (List<StripeObject> delivered : orders(earlier, later)) {
      for (boolean swapIds : new boolean[] {false, true}) {
        String[] ids = swapIds ? new String[] {"evt_2", "evt_1"} : new String[] {"evt_1", "evt_2"};
        earlier.id(ids[0]);
        later.id(ids[1]);

        JsonNode newest = newestPayload(Versions.of(delivered.toArray(StripeObject[]::new)));

        assertThat(situation, newest, is(parse(later.json()).at("/data/object")));
      }
    }
  }

  @Test
  void aCircleBeginsWhereTheDayBeforeEnded() {
    StripeObject dayBefore =
        aSubscription()
            .event("evt_0", "customer.subscription.created", SECOND.minus(Duration.ofDays(1)));
    StripeObject failed =
        aSubscription()
            .with("status", "\"past_due\"")
            .event("evt_1", "customer.subscription.updated", SECOND, "{\"status\":\"active\"}");
    StripeObject recovered =
        aSubscription()
            .event("evt_2", "customer.subscription.updated", SECOND, "{\"status\":\"past_due\"}");

    for (List<StripeObject> delivered : orders(dayBefore, failed, recovered)) {
      String status =
          Versions.of(delivered.toArray(StripeObject[]::new))
              .newest(Tables.SUBSCRIPTIONS, "sub_1")
              .getStatus();

      assertThat(status, is("active"));
    }
  }

  @Test
  void aCircleOfChangesComesToTheSameInAnyOrder() {
    StripeObject[] circle = {
      aCustomer()
          .with("name", "\"b\"")
          .event("evt_1", "customer.updated", SECOND, "{\"name\":\"a\"}"),
      aCustomer()
          .with("name", "\"a\"")
          .event("evt_2", "customer.updated", SECOND, "{\"name\":\"b\"}"),
      aCustomer()
          .with("name", "\"c\"")
          .event("evt_3", "customer.updated", SECOND, "{\"name\":\"a\"}")
    };

    for (List<StripeObject> delivered : orders(circle)) {
      String name =
          Versions.of(delivered.toArray(StripeObject[]::new))
              .newest(Tables.CUSTOMERS, "cus_1")
              .getName();

      assertThat("what leads out of the circle is the last", name, is("c"));
    }
  }

  @Test
  void whatNothingPutsInOrderIsDecidedAlwaysInTheSameWayAndCounted() {
    StripeObject one = aCustomer().with("name", "\"one\"");
    StripeObject other = aCustomer().with("name", "\"other\"");

    var first =
        Versions.of(
                one.event("evt_1", "customer.updated", SECOND),
                other.event("evt_2", "customer.updated", SECOND))
            .of(Tables.CUSTOMERS, "cus_1");
    var second =
        Versions.of(
                other.event("evt_1", "customer.updated", SECOND),
                one.event("evt_2", "customer.updated", SECOND))
            .of(Tables.CUSTOMERS, "cus_1");

    assertThat(second.rows(), is(first.rows()));
    assertThat(first.arbitrary(), is(1));
  }

  /** Five years of some customers; the order in which they were simulated is the true one. */
  @Test
  void anAccountComesToItsTrueVersionsHoweverTheIdsFallWithinASecond() {
    Collection<List<ObjectNode>> seconds = lastSecondsOfObjectsAndDays(Simulations.account(7, 6));
    seconds.removeIf(second -> second.size() == 1);
    assertThat("seconds in which one object changes twice", seconds.size(), greaterThan(50));

    for (List<ObjectNode> second : seconds) {
      JsonNode last = second.get(second.size() - 1).at("/data/object");
      List<VersionedRow> rows = rows(second);
      for (int seed = 0; seed < 100; seed++) {
        Collections.shuffle(rows, new Random(seed));

        assertThat("seed " + seed, newestPayload(Versions.ofRows(rows)), is(last));
      }
    }
  }

  private static Collection<List<ObjectNode>> lastSecondsOfObjectsAndDays(
      SimulatedAccount account) {
    Map<String, List<ObjectNode>> seconds = new LinkedHashMap<>();
    SimulatedObjects.of(
        account,
        (table, json) -> {
          if (table.equals(Tables.EVENTS)) {
            ObjectNode event = (ObjectNode) parse(json);
            long created = event.get("created").asLong();
            String key = event.at("/data/object/id").asText() + created / SECONDS_OF_A_DAY;
            List<ObjectNode> second = seconds.computeIfAbsent(key, absent -> new ArrayList<>());
            if (!second.isEmpty() && second.get(0).get("created").asLong() != created) {
              second.clear();
            }
            second.add(event);
          }
        });
    return seconds.values();
  }

  /** What comes of the events of one second, which is the same whatever their ids are. */
  private static List<VersionedRow> rows(List<ObjectNode> second) {
    List<VersionedRow> rows = new ArrayList<>();
    for (ObjectNode event : second) {
      List<VersionedRow> one = objectRows(event.put("id", "evt_a"));
      assertThat(objectRows(event.put("id", "evt_b")), is(one));
      rows.addAll(one);
    }
    return rows;
  }

  private static List<VersionedRow> objectRows(ObjectNode event) {
    return Parsed.of(event.toString(), null, "UTC").rows().stream()
        .filter(
            row ->
                row.getTable()
                    .equals(StripeObjects.tableOf(event.at("/data/object/object").asText()).name()))
        .toList();
  }

  /** What was delivered last of the only object that was delivered on its own. */
  private static JsonNode newestPayload(Versions versions) {
    for (WarehouseTable<?> table : StripeObjects.tables()) {
      if (!table.equals(Tables.EVENTS)) {
        for (String id : versions.ids(table)) {
          List<?> rows = versions.of(table, id).rows();
          String payload = Versions.payload(table, rows.get(rows.size() - 1));
          if (payload != null) {
            return parse(payload);
          }
        }
      }
    }
    throw new AssertionError("no object was delivered on its own");
  }

  private static List<List<StripeObject>> orders(StripeObject... events) {
    return Collections2.permutations(List.of(events)).stream().toList();
  }

  private static Arguments pair(String situation, StripeObject earlier, StripeObject later) {
    return Arguments.of(situation, earlier, later);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
