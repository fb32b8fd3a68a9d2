package org.stripeanalytics.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stripeanalytics.server.Account;
import org.stripeanalytics.server.AccountObject;
import org.stripeanalytics.server.ApiAnswer;
import org.stripeanalytics.server.ApiRequest;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.JsonObject;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** Stripe's rules in this process, asked without a network and with a clock that is moved. */
final class TestStripe {
  static final LocalDate END = LocalDate.of(2026, 1, 1);
  static final Behavior WITHOUT_LIMITS = Behavior.USUAL.withRequestsPerSecond(1e9, 1e9);

  /** Waits by moving the clock. */
  static Pause moving(MovableClock clock) {
    return clock::advance;
  }

  /** Customers with five years of history up to {@link #END}. */
  static SimulatedAccount customers(long customers) {
    return new SimulatedAccount(
        ProfileReader.defaults(), 7, customers, LocalDate.of(2021, 1, 1), END, ZoneOffset.UTC);
  }

  static Account simulated(long customers, MovableClock clock, SimulatedStripe.LateEvents late) {
    return SimulatedStripe.hold(customers(customers), clock.instant(), clock, late);
  }

  static Account of(MovableClock clock, Collection<? extends AccountObject> objects) {
    return new Account(objects, clock);
  }

  static StripeTransport transport(Account account, Behavior behavior, MovableClock clock) {
    return transport(new StripeApi(account, behavior, clock), "sk_test_" + "anything");
  }

  static StripeTransport transport(StripeApi api, String key) {
    return path -> {
      int query = path.indexOf('?');
      ApiAnswer answer =
          api.answer(
              ApiRequest.get(
                  query < 0 ? path : path.substring(0, query),
                  query < 0 ? null : path.substring(query + 1),
                  key));
      return new StripeTransport.Reply(
          answer.status(),
          new String(answer.body(), UTF_8),
          Optional.ofNullable(answer.headers().get("Retry-After"))
              .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))),
          Optional.ofNullable(answer.headers().get("Stripe-Should-Retry")).map(Boolean::valueOf));
    };
  }

  static Extraction.Plan plan(Path landing) {
    return new Extraction.Plan(
        landing,
        "test",
        ImmutableSet.of(),
        false,
        Instant.parse("2011-01-01T00:00:00Z"),
        1e6,
        1e6,
        2);
  }

  static Extraction.Plan without(Extraction.Plan plan, String... types) {
    return new Extraction.Plan(
        plan.landing(),
        plan.account(),
        ImmutableSet.copyOf(types),
        plan.allPaymentMethods(),
        plan.since(),
        plan.requestsPerSecond(),
        plan.overallRequestsPerSecond(),
        plan.inFlight());
  }

  /** Every line that is in the landing under its final name. */
  static List<String> lines(Path landing) {
    try (Stream<Path> files = Files.walk(landing)) {
      List<String> lines = new ArrayList<>();
      for (Path file :
          files.filter(path -> path.toString().endsWith(".ndjson")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> objects(Path landing) {
    return lines(landing).stream().map(TestStripe::json).toList();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Charges of the last years, three in each second that has any. */
  static Account charges(MovableClock clock, int number) {
    return of(clock, IntStream.rangeClosed(1, number).mapToObj(TestStripe::charge).toList());
  }

  static JsonObject charge(int number) {
    return JsonObject.of(
        "{'id':'ch_%d','object':'charge','created':%d,'amount':100}"
            .formatted(number, 1_600_000_000 + number / 3 * 40_000));
  }

  static Map<String, Set<String>> idsByType(List<JsonNode> objects) {
    Map<String, Set<String>> ids = new TreeMap<>();
    for (JsonNode object : objects) {
      ids.computeIfAbsent(object.path("object").asText(), type -> new TreeSet<>())
          .add(object.path("id").asText());
    }
    return ids;
  }

  private TestStripe() {}
}
