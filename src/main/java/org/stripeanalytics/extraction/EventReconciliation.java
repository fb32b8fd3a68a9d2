package org.stripeanalytics.extraction;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Compares the events that are known with Stripe's own list of them, by type and hour, and puts
 * those that are missing where they can be ingested: webhooks get lost when an edge is down for
 * longer than Stripe repeats them.
 */
public final class EventReconciliation {
  /** How long Stripe keeps events. */
  public static final Duration RETENTION = Extraction.RETENTION;

  /** How long events may take to appear in their list. */
  public static final Duration LAG = Extraction.LAG;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiReader api;
  private final MissingEvents place;

  private EventReconciliation(ApiReader api, MissingEvents place) {
    this.api = api;
    this.place = place;
  }

  /**
   * @param place where what is missing is put
   * @param requestsPerSecond how many requests are sent at most
   */
  public static EventReconciliation of(
      MissingEvents place,
      double requestsPerSecond,
      StripeTransport transport,
      Clock clock,
      Pause pause) {
    RequestPace pace = new RequestPace(requestsPerSecond, requestsPerSecond, clock);
    return new EventReconciliation(new ApiReader(transport, pace, pause), place);
  }

  /** An event that is known. */
  public record Known(String id, String type, Instant created) {}

  /**
   * The events of one type in one hour (UTC), where there is a difference.
   *
   * @param atStripe in Stripe's list
   * @param known here
   * @param missing in Stripe's list and not here
   */
  public record Difference(Instant hour, String type, long atStripe, long known, long missing) {}

  /**
   * What was found.
   *
   * @param atStripe events in Stripe's list
   * @param missing those that were not known and are put where they can be ingested
   * @param unlisted events that are known and not in Stripe's list, such as those of other accounts
   * @param differences by hour and type
   * @param place where what is missing is now, for people; empty if nothing is
   * @param reads requests that were sent
   */
  public record Result(
      long atStripe,
      long missing,
      long unlisted,
      ImmutableList<Difference> differences,
      Optional<String> place,
      long reads) {}

  /**
   * Reads the list of a span of time.
   *
   * @param known the events of that time that are known, in any order
   * @param from first second
   * @param to first second after it
   * @throws ExtractionException when the list cannot be read; nothing is put anywhere then
   */
  public Result run(Iterable<Known> known, Instant from, Instant to) throws InterruptedException {
    Map<Cell, Count> counts = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Known event : known) {
      if (ids.add(event.id())) {
        count(counts, event.created(), event.type()).known++;
      }
    }
    Set<String> listed = new HashSet<>();
    List<String> missing = new ArrayList<>();
    Window window = new Window("events", from.getEpochSecond(), to.getEpochSecond());
    @Nullable String after = null;
    boolean more = !window.isEmpty();
    while (more) {
      String path = Source.events().path(window);
      ListPage page = api.page(path + (after == null ? "" : "&starting_after=" + after));
      if (page.hasMore() && page.elements().isEmpty()) {
        throw new ExtractionException("GET " + path + " says that there is more and sends nothing");
      }
      for (ListPage.Element event : page.elements()) {
        if (listed.add(event.id())) {
          Count count = count(counts, Instant.ofEpochSecond(event.created()), type(event));
          count.atStripe++;
          if (!ids.contains(event.id())) {
            count.missing++;
            missing.add(event.text());
          }
        }
      }
      more = page.hasMore();
      after = more ? Iterables.getLast(page.elements()).id() : null;
    }
    return new Result(
        listed.size(),
        missing.size(),
        ids.stream().filter(id -> !listed.contains(id)).count(),
        differences(counts),
        missing.isEmpty() ? Optional.empty() : Optional.of(place.put(missing, from, to)),
        api.reads());
  }

  private record Cell(Instant hour, String type) {}

  private static final class Count {
    private long atStripe;
    private long known;
    private long missing;
  }

  private static Count count(Map<Cell, Count> counts, Instant created, String type) {
    return counts.computeIfAbsent(
        new Cell(created.truncatedTo(ChronoUnit.HOURS), type), cell -> new Count());
  }

  private static String type(ListPage.Element event) {
    try {
      return JSON.readTree(event.text()).path("type").asText();
    } catch (IOException e) {
      throw new UncheckedIOException("what was parsed once cannot be parsed again", e);
    }
  }

  private static ImmutableList<Difference> differences(Map<Cell, Count> counts) {
    return counts.entrySet().stream()
        .filter(
            cell ->
                cell.getValue().missing > 0 || cell.getValue().atStripe != cell.getValue().known)
        .map(
            cell ->
                new Difference(
                    cell.getKey().hour(),
                    cell.getKey().type(),
                    cell.getValue().atStripe,
                    cell.getValue().known,
                    cell.getValue().missing))
        .sorted(Comparator.comparing(Difference::hour).thenComparing(Difference::type))
        .collect(toImmutableList());
  }
}
