package org.stripeanalytics.extraction;

import com.google.common.collect.Iterables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * About how many requests a session takes. Stripe allots reads, 500 for every transaction of 30
 * days and at least 10,000 a month, and does not say how long a list is.
 *
 * @param text for people, on one line
 * @param reads how many requests; 0 if it cannot be told
 */
public record ReadBudget(String text, long reads) {
  private static final long PER_PAGE = 100;
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int MOST_YEARS = 16;

  /**
   * Of a backfill, as if the account had always been as busy as it is at its newest page of every
   * list: for one that grows it is too much.
   */
  static ReadBudget of(
      ApiReader api, ExtractState state, List<Source> sources, Instant since, Instant now)
      throws InterruptedException {
    if (state.session() != null) {
      return new ReadBudget(
          "goes on with what was begun at " + Instant.ofEpochSecond(state.session().begun()), 0);
    }
    if (state.eventsUntil() > 0) {
      return new ReadBudget(
          "reads what changed since %s; the last time took %,d reads"
              .formatted(Instant.ofEpochSecond(state.eventsUntil()), state.lastReads()),
          state.lastReads());
    }
    boolean customers = sources.stream().anyMatch(source -> source.list().equals("customers"));
    long first =
        Math.max(since.getEpochSecond(), customers ? oldestCustomer(api, now) : Long.MIN_VALUE);
    long reads = pages(api, Source.events(), now.minus(Extraction.RETENTION), now);
    for (Source source : sources) {
      long pages = pages(api, source, Instant.ofEpochSecond(first), now);
      reads += source.children().isPresent() ? pages * (1 + PER_PAGE) : pages;
    }
    return new ReadBudget(
        String.format(
            Locale.ROOT,
            "reads the whole account: at most about %,d reads; Stripe allots 500 per transaction of"
                + " 30 days, at least 10,000 a month",
            reads),
        reads);
  }

  /** Not far before the oldest customer was created, to a factor of two. */
  private static long oldestCustomer(ApiReader api, Instant now) throws InterruptedException {
    int years = 1;
    while (years < MOST_YEARS
        && !api.page(
                "/v1/customers?limit=1&created[lt]="
                    + now.minus(YEAR.multipliedBy(years)).getEpochSecond())
            .elements()
            .isEmpty()) {
      years *= 2;
    }
    return now.minus(YEAR.multipliedBy(years)).getEpochSecond();
  }

  private static long pages(ApiReader api, Source source, Instant from, Instant to)
      throws InterruptedException {
    Window window = new Window(source.list(), from.getEpochSecond(), to.getEpochSecond());
    ListPage page = api.page(source.path(window));
    if (!page.hasMore() || page.elements().isEmpty()) {
      return 1;
    }
    long seconds = page.elements().get(0).created() - Iterables.getLast(page.elements()).created();
    return Math.max(2, (window.to() - window.from()) / Math.max(1, seconds));
  }
}
