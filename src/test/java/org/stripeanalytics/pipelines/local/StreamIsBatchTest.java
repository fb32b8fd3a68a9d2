package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.streaming.StreamedFunnel;
import org.stripeanalytics.model.streaming.StreamedMrr;
import org.stripeanalytics.model.streaming.StreamedPayments;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.streaming.ComputeLiveMarts;
import org.stripeanalytics.streaming.ReadStreamedEvents;
import org.stripeanalytics.streaming.StoredCustomers;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.synthesis.AccountContents.HeldEvent;
import org.stripeanalytics.synthesis.ProfileReader;
import org.stripeanalytics.synthesis.SimulatedAccount;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** What a stream leaves of a month is what a transform computes of the same events. */
@ExtendWith(TestPipelineExtension.class)
class StreamIsBatchTest {
  private static final LocalDate START = LocalDate.of(2021, 1, 1);
  private static final LocalDate MONTH = LocalDate.of(2021, 3, 1);
  private static final LocalDate END = LocalDate.of(2021, 4, 1);
  private static final Duration THREE_DAYS = Duration.standardDays(3);

  @TempDir private Path folder;

  @Test
  void aMonthThatComesInAnyOrderAndInPartTwiceEndsAsTheBatchHasIt(TestPipeline pipeline)
      throws IOException {
    List<HeldEvent> events =
        AccountContents.events(
            new SimulatedAccount(ProfileReader.defaults(), 3, 1200, START, END, ZoneOffset.UTC),
            DataInterval.of(START, END));
    List<HeldEvent> ofMonth =
        events.stream().filter(event -> !at(event).isBefore(begin(MONTH))).toList();
    assertThat(ofMonth.size(), greaterThan(120));

    List<HeldEvent> earlier = events.subList(0, events.size() - ofMonth.size());
    DuckDbWarehouse before = warehouse("before", earlier, START, MONTH);
    Files.copy(folder.resolve("before.duckdb"), folder.resolve("batch.duckdb"));
    DuckDbWarehouse batch = warehouse("batch", ofMonth, MONTH, END);

    PCollectionTuple rows =
        pipeline
            .apply("Deliver", delivered(ofMonth))
            .apply("ReadStreamedEvents", ReadStreamedEvents.create())
            .apply(
                "ComputeLiveMarts",
                ComputeLiveMarts.on(
                    StoredCustomers.read(
                        pipeline, before, MONTH, MONTH.plusDays(1), MetricPolicies.defaults()),
                    MetricPolicies.defaults(),
                    new RejectingRun("stream", "test", MONTH),
                    Duration.standardMinutes(1),
                    Clock.fixed(java.time.Instant.parse("2021-04-05T00:00:00Z"), ZoneOffset.UTC)));

    assertSame(
        ComputeLiveMarts.mrr(rows),
        StreamedMrr.class,
        batch,
        "marts.live_mrr",
        "mrr_start, mrr_new, mrr_reactivation, mrr_expansion, mrr_contraction, mrr_churn, mrr_end,"
            + " mrr_past_due, scheduled_churn_mrr, customers_start, customers_new,"
            + " customers_reactivated, customers_churned, customers_end, arr_end, arpa");
    assertSame(
        ComputeLiveMarts.funnel(rows),
        StreamedFunnel.class,
        batch,
        "marts.live_funnel",
        "signups, trials_started, trials_converted, paid_without_trial, paid, trial_conversion_rate,"
            + " signup_to_paid_rate");
    assertSame(
        ComputeLiveMarts.payments(rows),
        StreamedPayments.class,
        batch,
        // Of a segment value nobody of which was charged this month the stream has no row.
        "marts.live_payments WHERE invoices_attempted > 0",
        "invoices_attempted, invoice_volume, first_attempt_failed, first_attempt_failed_volume,"
            + " recovered, recovered_volume, in_recovery, attempts, attempts_succeeded,"
            + " charge_success_rate, involuntary_churn_mrr");
    pipeline.run().waitUntilFinish();
  }

  /** Each comes up to three days after it happened, and every fifth a second time. */
  @SuppressWarnings("unchecked")
  private static TestStream<String> delivered(List<HeldEvent> events) {
    Random random = new Random(11);
    record Delivery(Instant at, HeldEvent event) {}
    List<Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      for (int copies = i % 5 == 0 ? 2 : 1; copies > 0; copies--) {
        Duration delay = Duration.millis((long) (random.nextDouble() * THREE_DAYS.getMillis()));
        deliveries.add(new Delivery(at(events.get(i)).plus(delay), events.get(i)));
      }
    }
    deliveries.sort(Comparator.comparing(Delivery::at));
    TestStream.Builder<String> stream =
        TestStream.create(StringUtf8Coder.of()).advanceWatermarkTo(begin(MONTH));
    for (List<Delivery> some : Lists.partition(deliveries, 40)) {
      List<TimestampedValue<String>> bodies =
          some.stream()
              .map(Delivery::event)
              .map(event -> TimestampedValue.of(new String(event.json(), UTF_8), at(event)))
              .toList();
      stream =
          stream
              .advanceWatermarkTo(some.get(0).at())
              .addElements(
                  bodies.get(0), bodies.subList(1, bodies.size()).toArray(TimestampedValue[]::new));
    }
    return stream.advanceWatermarkToInfinity();
  }

  private static Instant at(HeldEvent event) {
    return Instant.ofEpochMilli(event.created().toEpochMilli());
  }

  private static Instant begin(LocalDate day) {
    return Instant.parse(day + "T00:00:00Z");
  }

  /** Ingested and transformed. */
  private DuckDbWarehouse warehouse(
      String name, List<HeldEvent> events, LocalDate from, LocalDate to) throws IOException {
    Path file = folder.resolve(name + ".duckdb");
    Path landed = folder.resolve(name + ".ndjson");
    Files.write(landed, events.stream().map(e -> new String(e.json(), UTF_8)).toList());
    LocalRuns.run("ingest", file, "--input=" + landed);
    return LocalRuns.run("transform", file, "--from=" + from, "--to=" + to);
  }

  private static <T> void assertSame(
      PCollection<T> rows, Class<T> rowClass, DuckDbWarehouse batch, String table, String columns) {
    List<String> names = List.of(("segment, segment_value, " + columns).split(", "));
    TreeSet<String> expected =
        batch.query("SELECT " + String.join(", ", names) + " FROM " + table).rows().stream()
            .map(row -> text(row.stream()))
            .collect(toCollection(TreeSet::new));
    PAssert.that(rows)
        .satisfies(new LastOfMonth<>(rowClass, names, ImmutableList.copyOf(expected)));
  }

  private static String text(Stream<?> values) {
    return values
        .map(v -> v instanceof BigDecimal money ? money.stripTrailingZeros().toPlainString() : v)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  /** The last state of each row of March is the expected one. */
  private record LastOfMonth<T>(
      Class<T> rowClass, List<String> names, ImmutableList<String> expected)
      implements SerializableFunction<Iterable<T>, Void> {
    @Override
    public Void apply(Iterable<T> rows) {
      RowCodec<T> codec = RowCodec.of(rowClass);
      Function<String, Function<T, Object>> column =
          name -> row -> codec.get(row, codec.schema().indexOf(name));
      Map<Object, T> last = new HashMap<>();
      for (T row : rows) {
        if (column.apply("month").apply(row).equals(MONTH.toEpochDay())) {
          Object key =
              column.apply("segment").apply(row) + " " + column.apply("segment_value").apply(row);
          last.merge(
              key,
              row,
              (one, other) ->
                  (Long) column.apply("pane").apply(one) > (Long) column.apply("pane").apply(other)
                      ? one
                      : other);
        }
      }
      TreeSet<String> found =
          last.values().stream()
              .map(row -> text(names.stream().map(name -> column.apply(name).apply(row))))
              .collect(toCollection(TreeSet::new));
      assertThat(ImmutableList.copyOf(found), is(expected));
      assertThat(found, hasSize(greaterThan(10)));
      return null;
    }
  }
}
