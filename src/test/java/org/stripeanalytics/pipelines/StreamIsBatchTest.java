package org.stripeanalytics.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.TimestampedValue;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.extraction.EventReconciliation;
import org.stripeanalytics.extraction.MissingEventsFile;
import org.stripeanalytics.extraction.StripeJavaTransport;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.local.LocalRuns;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.AccountContents.HeldEvent;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * A stream that is sent webhooks as networks deliver them, dies in the middle of a month and is
 * started again leaves the live rows of one clean load of that month.
 *
 * <p>A twentieth of the events gets lost, one after the other, as when an edge is down. The
 * reconciler lands them; the next job finds them in the warehouse. What gets lost after the last
 * start waits for the micro-batch.
 */
@ExtendWith(TestPipelineExtension.class)
class StreamIsBatchTest {
  private static final LocalDate START = LocalDate.of(2021, 1, 1);
  private static final LocalDate MONTH = LocalDate.of(2021, 3, 1);
  private static final LocalDate END = LocalDate.of(2021, 4, 1);
  private static final Clock AFTERWARDS =
      Clock.fixed(Instant.parse("2021-04-05T00:00:00Z"), ZoneOffset.UTC);

  private static final double REPEATED = 0.20;
  private static final Duration LATEST = Duration.ofDays(3);

  @TempDir private Path folder;

  /** A webhook, at the moment at which it comes. */
  private record Arrival(Instant at, HeldEvent event) {}

  @ParameterizedTest
  @ValueSource(ints = {1})
  void whatIsLateRepeatedLostAndReconciledIsRightAfterARestart(int seed, TestPipeline second)
      throws Exception {
    SimulatedAccount account =
        new SimulatedAccount(ProfileReader.defaults(), seed, 2000, START, END, ZoneOffset.UTC);
    List<HeldEvent> events = AccountContents.events(account, DataInterval.of(START, END));
    List<HeldEvent> earlier = events.stream().filter(e -> e.created().isBefore(begin())).toList();
    List<HeldEvent> ofMonth = events.subList(earlier.size(), events.size());
    assertThat(ofMonth.size(), greaterThan(200));
    Path file = folder.resolve("streamed.duckdb");
    ingest(file, "earlier", earlier);
    LocalRuns.run("transform", file, "--from=" + START, "--to=" + MONTH);
    Path batch = Files.copy(file, folder.resolve("batch.duckdb"));

    List<Arrival> all = arrivals(ofMonth, new Random(seed));
    Instant restart = all.get(all.size() / 2).at();
    Set<String> lost =
        ofMonth.subList(ofMonth.size() / 8, ofMonth.size() / 8 + ofMonth.size() / 20).stream()
            .map(HeldEvent::id)
            .collect(toSet());
    List<Arrival> sent = all.stream().filter(a -> !lost.contains(a.event().id())).toList();
    List<Arrival> before = sent.stream().filter(a -> a.at().isBefore(restart)).toList();

    stream(TestPipeline.create().enableAbandonedNodeEnforcement(false), file, "first", before);
    ingest(file, "landed", Lists.transform(before, Arrival::event));
    LocalRuns.run("ingest", file, "--input=" + reconciled(account, file, restart, lost));
    stream(second, file, "second", sent.subList(before.size(), sent.size()));

    ingest(batch, "month", ofMonth);
    DuckDbWarehouse clean = LocalRuns.run("transform", batch, "--from=" + MONTH, "--to=" + END);
    assertSame(
        DuckDbWarehouse.openReadOnly(file),
        clean,
        "mrr",
        "mrr_start, mrr_new, mrr_reactivation, mrr_expansion, mrr_contraction, mrr_churn, mrr_end,"
            + " mrr_past_due, scheduled_churn_mrr, customers_start, customers_new,"
            + " customers_reactivated, customers_churned, customers_end, arr_end, arpa");
    assertSame(
        DuckDbWarehouse.openReadOnly(file),
        clean,
        "funnel",
        "signups, trials_started, trials_converted, paid_without_trial, paid,"
            + " trial_conversion_rate, signup_to_paid_rate");
    assertSame(
        DuckDbWarehouse.openReadOnly(file),
        clean,
        // Of a segment value nobody of which was charged this month the stream has no row.
        "payments",
        "invoices_attempted, invoice_volume, first_attempt_failed, first_attempt_failed_volume,"
            + " recovered, recovered_volume, in_recovery, attempts, attempts_succeeded,"
            + " charge_success_rate, involuntary_churn_mrr");
  }

  /** Each comes up to three days after it happened, in the order in which it comes. */
  private static List<Arrival> arrivals(List<HeldEvent> events, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (HeldEvent event : events) {
      int copies = random.nextDouble() < REPEATED ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        Duration delay = LATEST.multipliedBy(random.nextInt(1000)).dividedBy(1000);
        arrivals.add(new Arrival(event.created().plus(delay), event));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    return arrivals;
  }

  /** A job that takes these and then ends; all that the next one has of it is in the warehouse. */
  private static void stream(
      TestPipeline pipeline, Path file, String runId, List<Arrival> arrivals) {
    StreamOptions options =
        CommandLine.parse(
            StreamOptions.class,
            List.of(
                "--warehouse=duckdb:" + file,
                "--since=" + MONTH,
                "--runId=" + runId,
                // The second is started after the first.
                "--ingestedAt=" + arrivals.get(0).at().truncatedTo(ChronoUnit.SECONDS)));
    try (Warehouse.Hold unused = RunWarehouse.holdOpen(options)) {
      Stream.build(pipeline.apply("Deliver", delivered(arrivals)), options, AFTERWARDS);
      pipeline.run().waitUntilFinish();
    }
  }

  @SuppressWarnings("unchecked")
  private static TestStream<String> delivered(List<Arrival> arrivals) {
    TestStream.Builder<String> stream =
        TestStream.create(StringUtf8Coder.of()).advanceWatermarkTo(joda(begin()));
    for (List<Arrival> some : Lists.partition(arrivals, 60)) {
      List<TimestampedValue<String>> bodies =
          some.stream()
              .map(Arrival::event)
              .map(e -> TimestampedValue.of(new String(e.json(), UTF_8), joda(e.created())))
              .toList();
      stream =
          stream
              .advanceWatermarkTo(joda(some.get(0).at()))
              .addElements(
                  bodies.get(0), bodies.subList(1, bodies.size()).toArray(TimestampedValue[]::new));
    }
    return stream.advanceWatermarkToInfinity();
  }

  private static org.joda.time.Instant joda(Instant instant) {
    return org.joda.time.Instant.ofEpochMilli(instant.toEpochMilli());
  }

  private static Instant begin() {
    return MONTH.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void ingest(Path file, String name, List<HeldEvent> events) throws IOException {
    Path landed = folder.resolve(name + ".ndjson");
    Files.write(landed, events.stream().map(e -> new String(e.json(), UTF_8)).toList());
    LocalRuns.run("ingest", file, "--input=" + landed);
  }

  /** What Stripe lists of the month and the warehouse has not, in a file. */
  private Path reconciled(SimulatedAccount account, Path file, Instant at, Set<String> lost)
      throws Exception {
    Clock clock = Clock.fixed(at, ZoneOffset.UTC);
    ImmutableList<EventReconciliation.Known> known =
        DuckDbWarehouse.openReadOnly(file)
            .query(
                "SELECT id, type, created FROM raw.events WHERE created >= TIMESTAMP '2021-03-01'")
            .rows()
            .stream()
            .map(
                row ->
                    new EventReconciliation.Known(
                        (String) row.get(0), (String) row.get(1), (Instant) row.get(2)))
            .collect(ImmutableList.toImmutableList());
    Behavior open = Behavior.USUAL.withApiKey(MarkerSecrets.KEY).withRequestsPerSecond(1e6, 1e6);
    try (StripeServer server =
        StripeServer.start(
            new StripeApi(
                SimulatedStripe.hold(account, at, clock, SimulatedStripe.LateEvents.NONE),
                open,
                clock),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      EventReconciliation.Result result =
          EventReconciliation.of(
                  new MissingEventsFile(folder.resolve("landing"), clock),
                  1e6,
                  new StripeJavaTransport(server.base().toString(), Secret.of(MarkerSecrets.KEY)),
                  clock,
                  pause -> {})
              .run(known, begin(), at);
      Path found = Path.of(result.place().orElseThrow());
      String text = Files.readString(found);
      Set<String> unfound = new HashSet<>(lost);
      unfound.removeIf(id -> text.contains("\"" + id + "\""));
      assertThat("lost and not reconciled", unfound, hasSize(0));
      assertThat("lost", lost.size(), greaterThan(8));
      return found;
    }
  }

  private static void assertSame(
      DuckDbWarehouse streamed, DuckDbWarehouse clean, String mart, String columns) {
    String all = "SELECT segment, segment_value, " + columns + " FROM ";
    String charged = mart.equals("payments") ? " AND invoices_attempted > 0" : "";
    Set<List<Object>> expected =
        Set.copyOf(
            clean.query(all + "marts.live_" + mart + " WHERE TRUE" + charged).rows().stream()
                .map(StreamIsBatchTest::comparable)
                .toList());
    Set<List<Object>> found =
        streamed
            .query(
                all
                    + "streaming.streamed_"
                    + mart
                    + " WHERE month = DATE '"
                    + MONTH
                    + "'"
                    + charged)
            .rows()
            .stream()
            .map(StreamIsBatchTest::comparable)
            .collect(toSet());

    assertThat(mart, Sets.symmetricDifference(found, expected), hasSize(0));
    assertThat(expected.size(), is(greaterThan(10)));
  }

  private static List<Object> comparable(List<Object> row) {
    return row.stream().map(value -> (Object) String.valueOf(value)).toList();
  }
}
