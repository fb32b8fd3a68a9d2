package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stripeanalytics.extraction.EventReconciliation;
import org.stripeanalytics.extraction.ExtractionException;
import org.stripeanalytics.extraction.MissingEvents;
import org.stripeanalytics.extraction.MissingEventsFile;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.extraction.StripeJavaTransport;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.WarehouseLocation;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * The command {@code reconcile}: counts the events of a warehouse against Stripe's own list, and
 * lands or publishes those that are missing.
 */
final class ReconcileCommand {
  static final String USAGE =
      """
Usage: reconcile --apiKey=REFERENCE [--name=value …]
  --apiKey=env:VARIABLE   where the key is; a restricted one that may read events is enough
  --hours=72              how far to look back, up to 720: Stripe keeps events for 30 days
  --landing=landing       directory that missing events are written to, for ingest or --follow
  --topic=projects/PROJECT/topics/TOPIC
                          topic of Pub/Sub that they are published to instead, as webhooks are
  --warehouse=…           whose raw.events are compared; --warehouseRegion, --warehousePassword
  --apiBase=https://api.stripe.com
  --rateLimit=25          requests a second
Run it after everything that has landed is ingested: events that are not count as missing and
are fetched again, which adds no row.
""";

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "apiKey",
          "hours",
          "landing",
          "topic",
          "warehouse",
          "warehouseRegion",
          "warehousePassword",
          "apiBase",
          "rateLimit",
          "help");

  private static final long MOST_HOURS = EventReconciliation.RETENTION.toHours();

  private final Terminal terminal;
  private final Clock clock;
  private final Pause pause;
  private final UnaryOperator<String> environment;

  /**
   * @param environment the value of a variable; null if it is not set
   */
  ReconcileCommand(Terminal terminal, Clock clock, Pause pause, UnaryOperator<String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
    this.environment = environment;
  }

  int run(List<String> args) throws InterruptedException {
    Arguments given = Arguments.parse(args);
    given.allowOnly(OPTIONS);
    if (given.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    CommandOptions.refuseWords(given);
    CommandOptions options = new CommandOptions(given);
    long hours = options.whole("hours", 72, 1, MOST_HOURS);
    long rate = options.whole("rateLimit", 25, 1, 1_000_000);
    String base = ExtractCommand.base(given);
    MissingEvents place = place(given);
    Secret key = ExtractCommand.key(given);
    Instant to = clock.instant().minus(EventReconciliation.LAG).truncatedTo(ChronoUnit.SECONDS);
    Instant from = to.minus(Duration.ofHours(hours)).truncatedTo(ChronoUnit.HOURS);
    Warehouse warehouse =
        Sql.open(given.option("warehouse").orElse(WarehouseLocation.DEFAULT), given);
    try {
      EventReconciliation.Result result =
          EventReconciliation.of(place, rate, new StripeJavaTransport(base, key), clock, pause)
              .run(known(warehouse, from, to), from, to);
      terminal.answer(render(result, from, to));
      return ExitStatus.DONE;
    } catch (ExtractionException e) {
      throw new BadInput("reconcile: " + e.getMessage());
    }
  }

  private MissingEvents place(Arguments given) {
    Optional<String> topic = given.option("topic");
    if (topic.isPresent() && given.option("landing").isPresent()) {
      throw new BadInput(
          "missing events go to one place; give --landing=DIR or"
              + " --topic=projects/PROJECT/topics/TOPIC");
    }
    if (topic.isPresent()) {
      PubsubTopic.check(topic.get());
      return new MissingEventsTopic(topic.get(), () -> PubsubTopic.open(topic.get(), environment));
    }
    return new MissingEventsFile(
        Path.of(LocalPath.withoutScheme(given.option("landing").orElse("landing"))), clock);
  }

  /** Filed under days of any zone, which is at most a day from those of UTC. */
  private static ImmutableList<EventReconciliation.Known> known(
      Warehouse warehouse, Instant from, Instant to) {
    String sql =
        """
        SELECT e.id, e.type, e.created FROM raw.events AS e
        WHERE e._snapshot_date >= DATE '%s' AND e._snapshot_date <= DATE '%s'
        """
            .formatted(day(from).minusDays(1), day(to).plusDays(1));
    return warehouse.query(sql).rows().stream()
        .map(
            row ->
                new EventReconciliation.Known(
                    (String) row.get(0), (String) row.get(1), (Instant) row.get(2)))
        .filter(event -> !event.created().isBefore(from) && event.created().isBefore(to))
        .collect(ImmutableList.toImmutableList());
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String render(EventReconciliation.Result result, Instant from, Instant to) {
    StringBuilder text = new StringBuilder();
    if (!result.differences().isEmpty()) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("hour", "type", "Stripe", "here", "missing"));
      result
          .differences()
          .forEach(
              cell ->
                  lines.add(
                      List.of(
                          cell.hour().toString(),
                          cell.type(),
                          String.valueOf(cell.atStripe()),
                          String.valueOf(cell.known()),
                          String.valueOf(cell.missing()))));
      text.append(TextTable.lines("", lines, ImmutableSet.of(2, 3, 4))).append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s to %s: Stripe lists %,d events, %,d of them were missing%s; %,d here are not"
                + " listed\n",
            from,
            to,
            result.atStripe(),
            result.missing(),
            result.place().map(place -> " and are now in " + place).orElse(""),
            result.unlisted()));
    return text.toString();
  }
}
