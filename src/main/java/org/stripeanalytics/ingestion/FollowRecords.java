package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.warehouse.RowOfTable;

/**
 * Makes of delivered events the rows of the raw tables as they come, by the same rules as {@link
 * IngestRecords}: whenever something is said of an object, the version of that day and those of
 * later days come out again. What was said of an object is kept for {@link #REMEMBERED}; what
 * earlier runs know is not asked, so a part of a list that did not fit, and a deletion of what
 * nothing was streamed of, wait for an ingestion. What cannot be read is counted and left to the
 * ingestion, which lists it.
 *
 * <p>Unbounded, in the global window. Each row comes with a number that grows with what was known
 * of its object when it was made, so that of two rows of one object and day, which may overtake
 * each other, the better one can be recognised.
 */
public final class FollowRecords
    extends PTransform<PCollection<DeliveredRecord>, PCollection<KV<Long, RowOfTable>>> {
  /** A month and the days in which Stripe delivers again. */
  private static final Duration REMEMBERED = Duration.standardDays(35);

  private final ZoneId reportingZone;
  private final RejectingRun run;
  private final @Nullable String account;
  private final Clock clock;

  private FollowRecords(
      ZoneId reportingZone, RejectingRun run, @Nullable String account, Clock clock) {
    this.reportingZone = reportingZone;
    this.run = run;
    this.account = account;
    this.clock = clock;
  }

  /**
   * @param reportingZone the zone whose days the versions are of
   * @param run in whose name records are rejected
   * @param account the connected account whose objects become rows; null for the platform's own
   * @param clock of the present, which no event is much later than
   */
  public static FollowRecords of(
      ZoneId reportingZone, RejectingRun run, @Nullable String account, Clock clock) {
    return new FollowRecords(reportingZone, run, account, clock);
  }

  /** Of the rows that come out. */
  public static Coder<KV<Long, RowOfTable>> coder() {
    return KvCoder.of(
        VarLongCoder.of(), RowOfTable.coder(ImmutableList.copyOf(StripeObjects.tables())));
  }

  @Override
  public PCollection<KV<Long, RowOfTable>> expand(PCollection<DeliveredRecord> records) {
    PCollectionTuple parsed =
        records.apply("ParseRecords", ParseRecords.of(reportingZone, run, account).until(clock));
    parsed
        .get(ParseRecords.REMARKS)
        .apply("CountRejected", Remark.rejected())
        .apply("Count", ParDo.of(new CountFn()));
    return parsed
        .get(ParseRecords.ROWS)
        .apply(
            "KeyByObject",
            WithKeys.<String, VersionedRow>of(row -> row.getTable() + ' ' + row.getObject())
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(VersionedRow.class)))
        .apply("FollowObjects", ParDo.of(new FollowFn()))
        .setCoder(coder());
  }

  private static final class CountFn extends DoFn<Object, Void> {
    private final Counter rejected = Metrics.counter(FollowRecords.class, "rejected");

    @ProcessElement
    public void count() {
      rejected.inc();
    }
  }

  private static final class FollowFn extends DoFn<KV<String, VersionedRow>, KV<Long, RowOfTable>> {
    @StateId("said")
    private final StateSpec<ValueState<Said>> saidSpec = StateSpecs.value(new SaidCoder());

    @StateId("latest")
    private final StateSpec<ValueState<Instant>> latestSpec = StateSpecs.value(InstantCoder.of());

    @TimerId("forget")
    private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private transient Map<String, WarehouseTable<?>> tables;
    private transient Map<String, ObjectVersions<?>> versions;

    @Setup
    public void setup() {
      tables = new HashMap<>();
      versions = new HashMap<>();
      for (WarehouseTable<?> table : StripeObjects.tables()) {
        tables.put(table.name(), table);
        versions.put(table.name(), ObjectVersions.of(table));
      }
    }

    @ProcessElement
    public void follow(
        @Element KV<String, VersionedRow> element,
        @Timestamp Instant happenedAt,
        @StateId("said") ValueState<Said> state,
        @StateId("latest") ValueState<Instant> latest,
        @TimerId("forget") Timer forget,
        OutputReceiver<KV<Long, RowOfTable>> output) {
      VersionedRow row = element.getValue();
      Said said = state.read();
      if (said == null) {
        said = new Said();
      }
      said.add(row);
      state.write(said);
      // Without an output of its own it holds no watermark back.
      Instant before = latest.read();
      latest.write(before == null || before.isBefore(happenedAt) ? happenedAt : before);
      forget.withNoOutputTimestamp().set(latest.read().plus(REMEMBERED));
      emit(tables.get(row.getTable()), row.getDay(), said, output);
    }

    @OnTimer("forget")
    public void forget(
        @StateId("said") ValueState<Said> state, @StateId("latest") ValueState<Instant> latest) {
      state.clear();
      latest.clear();
    }

    @SuppressWarnings("unchecked")
    private <T> void emit(
        WarehouseTable<T> table,
        long since,
        Said said,
        OutputReceiver<KV<Long, RowOfTable>> output) {
      TableRows<T> rows = TableRows.of(table);
      ObjectVersions<T> ofTable = (ObjectVersions<T>) versions.get(table.name());
      for (T version : ofTable.of(said).rows()) {
        if ((Long) rows.get(version, "_snapshot_date") >= since) {
          output.output(KV.of(said.count(), RowOfTable.of(table, version)));
        }
      }
    }
  }
}
