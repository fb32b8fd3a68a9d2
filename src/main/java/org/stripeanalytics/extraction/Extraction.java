package org.stripeanalytics.extraction;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.extraction.ExtractState.Session;

/**
 * Reads a Stripe account into a landing directory: the first time whole, afterwards what changed. A
 * session that was broken off is gone on with.
 */
public final class Extraction {
  /** How long events may take to appear in their list: an increment ends so long before now. */
  static final Duration LAG = Duration.ofMinutes(2);

  /** How far an increment reaches back before the end of the last one. */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  /** How long Stripe keeps events. */
  static final Duration RETENTION = Duration.ofDays(30);

  /** Before Stripe was opened to the public. */
  public static final LocalDate FIRST_DAY = LocalDate.of(2011, 1, 1);

  private static final Duration OLDEST_STATE = RETENTION.minusDays(1);
  private static final int PAGES_PER_WINDOW = 20;

  private final Plan plan;
  private final ApiReader api;
  private final Landing landing;
  private final ExtractState state;
  private final WindowReader reader;
  private final Clock clock;

  /**
   * What is to be read, and how fast.
   *
   * @param landing the directory
   * @param account where the account is; a landing holds one only
   * @param without types that are left out, among {@link #types}
   * @param allPaymentMethods whether every customer is asked for all of its payment methods, a
   *     request each; without it they are those that payments, subscriptions and customers name
   * @param since objects that were created before it are left out of a backfill
   * @param requestsPerSecond to one endpoint
   * @param overallRequestsPerSecond to all of them
   * @param inFlight how many requests may wait for their answers
   */
  public record Plan(
      Path landing,
      String account,
      ImmutableSet<String> without,
      boolean allPaymentMethods,
      Instant since,
      double requestsPerSecond,
      double overallRequestsPerSecond,
      int inFlight) {}

  /**
   * What was done.
   *
   * @param backfill whether the account was read whole
   * @param until the time up to which changes are in the landing
   * @param reads requests that were sent
   * @param retries those among them that repeated one that had failed
   * @param objects that were written
   */
  public record Result(boolean backfill, Instant until, long reads, long retries, long objects) {}

  private Extraction(Plan plan, ApiReader api, Clock clock) {
    this.plan = plan;
    this.api = api;
    this.landing = new Landing(plan.landing());
    this.state = ExtractState.read(plan.landing(), plan.account());
    this.reader = new WindowReader(api, landing, state, PAGES_PER_WINDOW);
    this.clock = clock;
  }

  /**
   * Reads the state of the landing; nothing is asked for yet.
   *
   * @param clock the time that Stripe has too
   * @throws ExtractionException when the landing holds what is not its own
   */
  public static Extraction of(Plan plan, StripeTransport transport, Clock clock, Pause pause) {
    RequestPace pace =
        new RequestPace(plan.requestsPerSecond(), plan.overallRequestsPerSecond(), clock);
    return new Extraction(plan, new ApiReader(transport, pace, pause), clock);
  }

  /** What objects are called that may be left out. */
  public static ImmutableSet<String> types() {
    return ObjectType.names();
  }

  /** What will be done next, and about how many requests it takes. */
  public ReadBudget budget() throws InterruptedException {
    return ReadBudget.of(api, state, sources(), plan.since(), clock.instant());
  }

  /**
   * Goes on with the session that was broken off, or begins one.
   *
   * @throws ExtractionException when the account cannot be read; what was landed stays
   */
  @SuppressWarnings("try") // the lock is held, not used
  public Result run() throws InterruptedException {
    try (LandingLock lock = LandingLock.take(plan.landing())) {
      return runAlone();
    }
  }

  private Result runAlone() throws InterruptedException {
    if (state.session() == null) {
      landing.clear();
      state.begin(state.eventsUntil() == 0 ? backfill() : increment());
    }
    Session session = state.session();
    ReadWindows windows = new ReadWindows(reader);
    if (session.backfill()) {
      sources().forEach(source -> addGaps(source, session.since(), session.begun(), windows));
      windows.run(plan.inFlight());
    } else {
      ObjectType.LISTED_IN_INCREMENTS.forEach(type -> addNew(type, windows));
    }
    // After the objects, so that what changed while they were read is among them.
    long until = Math.max(session.eventsFrom(), second(clock.instant().minus(LAG)));
    addGaps(Source.events(), session.eventsFrom(), until, windows);
    windows.run(plan.inFlight());
    state.finish(until, api.reads());
    return new Result(
        session.backfill(),
        Instant.ofEpochSecond(until),
        api.reads(),
        api.retries(),
        reader.objects());
  }

  /** Adds the objects of a type since the last session, and those that have become available. */
  private void addNew(ObjectType type, ReadWindows windows) {
    if (plan.without().contains(type.id())) {
      return;
    }
    Session session = state.session();
    Source source = Source.of(type, plan.without());
    addGaps(source, session.listedFrom(), session.begun(), windows);
    if (type == ObjectType.BALANCE_TRANSACTION) {
      for (long[] span : session.available().spans()) {
        addGaps(source, span[0], Math.min(span[1], session.listedFrom()), windows);
      }
    }
  }

  private Session backfill() {
    Instant now = clock.instant();
    return new Session(
        true,
        second(plan.since()),
        second(now),
        second(now.minus(RETENTION)),
        0,
        new Coverage(),
        new HashMap<>());
  }

  private Session increment() {
    Instant now = clock.instant();
    Instant last = Instant.ofEpochSecond(state.eventsUntil());
    if (last.isBefore(now.minus(OLDEST_STATE))) {
      throw new ExtractionException(
          "%s was last read up to %s, and Stripe keeps events for %d days only; give another"
                  .formatted(plan.landing(), last, RETENTION.toDays())
              + " --output to read the account whole");
    }
    // The lists end where the last session began, its events somewhat later.
    return new Session(
        false,
        0,
        second(now),
        second(last.minus(OVERLAP)),
        second(Instant.ofEpochSecond(state.listedUntil()).minus(OVERLAP)),
        state.takeAvailable(second(now)),
        new HashMap<>());
  }

  private Source source(ObjectType type) {
    Source source = Source.of(type, plan.without());
    return type == ObjectType.CUSTOMER
            && plan.allPaymentMethods()
            && !plan.without().contains("payment_method")
        ? source.withChildren("/v1/customers/ID/payment_methods")
        : source;
  }

  private List<Source> sources() {
    return Arrays.stream(ObjectType.values())
        .filter(type -> !plan.without().contains(type.id()))
        .map(this::source)
        .toList();
  }

  /** Adds what is missing of a span, cut where files have been begun. */
  private void addGaps(Source source, long from, long to, ReadWindows windows) {
    Session session = state.session();
    List<Window> begun =
        landing.unfinished(session.begun()).stream()
            .filter(window -> window.list().equals(source.list()))
            .toList();
    for (long[] gap : session.covered(source.list()).gaps(from, to)) {
      List<Window> parts = new ArrayList<>(List.of(new Window(source.list(), gap[0], gap[1])));
      for (Window window : begun) {
        Optional<Window> around =
            parts.stream()
                .filter(part -> part.from() <= window.from() && window.to() <= part.to())
                .findFirst();
        if (around.isPresent()) {
          parts.remove(around.get());
          parts.add(window);
          parts.add(new Window(source.list(), around.get().from(), window.from()));
          parts.add(new Window(source.list(), window.to(), around.get().to()));
        }
      }
      parts.forEach(part -> windows.add(source, part));
    }
  }

  private static long second(Instant instant) {
    return instant.getEpochSecond();
  }
}
