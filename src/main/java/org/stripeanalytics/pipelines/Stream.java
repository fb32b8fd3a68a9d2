package org.stripeanalytics.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.MetricPolicies;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.streaming.StreamedEvent;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.streaming.ComputeLiveMarts;
import org.stripeanalytics.streaming.ReadStreamedEvents;
import org.stripeanalytics.streaming.StoredCustomers;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.webhooks.Delivery;

/**
 * Keeps live marts that are minutes ahead of the next {@link Transform}: what the warehouse knows
 * when the job starts, and every webhook since then. It never ends by itself.
 */
public final class Stream {
  private static final LocalDate NEVER = LocalDate.of(9999, 1, 1);

  static final PipelineMain<StreamOptions> PIPELINE =
      new PipelineMain<>(
          StreamOptions.PIPELINE,
          Stream.class,
          StreamOptions.class,
          StreamOptions::check,
          Stream::run);

  public static void main(String[] args) {
    PIPELINE.launch(args);
  }

  static PipelineResult run(StreamOptions options) {
    options.as(StreamingOptions.class).setStreaming(true);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline.apply("ReadWebhooks", readBodies(options)), options, Clock.systemUTC());
    return pipeline.run();
  }

  /** The bodies of webhooks, each at the time at which its event happened. */
  static PTransform<PBegin, PCollection<String>> readBodies(StreamOptions options) {
    PubsubIO.Read<PubsubMessage> messages =
        PubsubIO.readMessagesWithAttributes()
            .fromSubscription(options.getSubscription())
            .withTimestampAttribute(Delivery.HAPPENED_AT);
    return new PTransform<>() {
      @Override
      public PCollection<String> expand(PBegin begin) {
        return begin
            .apply("ReadMessages", messages)
            .apply(
                "TakeBodies",
                MapElements.into(TypeDescriptors.strings())
                    .via(message -> new String(message.getPayload(), UTF_8)))
            .setCoder(StringUtf8Coder.of());
      }
    };
  }

  /**
   * Everything after the source.
   *
   * @param clock of the present, which moves on
   */
  static void build(PCollection<String> bodies, StreamOptions options, Clock clock) {
    Warehouse warehouse = WarehouseOptions.open(options, RunOptions.clock(options));
    MetricPolicies policies = PolicyOptions.policies(options);
    Instant startedAt = RunOptions.ingestedAt(options);
    PCollection<StreamedEvent> events =
        bodies.apply("ReadStreamedEvents", ReadStreamedEvents.create());
    PCollectionTuple rows =
        PCollectionList.of(events)
            .and(earlier(bodies.getPipeline(), warehouse, StreamOptions.month(options)))
            .apply("WithEarlier", Flatten.pCollections())
            .apply(
                "ComputeLiveMarts",
                ComputeLiveMarts.on(
                    StoredCustomers.read(
                        bodies.getPipeline(),
                        warehouse,
                        StreamOptions.month(options),
                        StreamOptions.asOf(options),
                        policies.frame()),
                    policies,
                    RejectingRun.of(PIPELINE.name(), options.getRunId(), startedAt),
                    Duration.standardSeconds(options.getEverySeconds()),
                    clock));
    Writer writer = new Writer(warehouse, options.getRunId(), startedAt);
    writer.write(events, Tables.STREAMED_EVENTS, event -> 0L);
    writer.write(ComputeLiveMarts.mrr(rows), Tables.STREAMED_MRR, row -> row.getPane());
    writer.write(ComputeLiveMarts.payments(rows), Tables.STREAMED_PAYMENTS, row -> row.getPane());
    writer.write(ComputeLiveMarts.funnel(rows), Tables.STREAMED_FUNNEL, row -> row.getPane());
  }

  /**
   * What an earlier job has received since the first open month: it is acknowledged, and perhaps
   * not ingested yet. What the warehouse knows as well changes nothing.
   */
  private static PCollection<StreamedEvent> earlier(
      Pipeline pipeline, Warehouse warehouse, LocalDate month) {
    return pipeline
        .apply(
            "ReadEarlier",
            warehouse.read(
                TableRead.of(Tables.STREAMED_EVENTS)
                    .within("_as_of", DataInterval.of(month.minusDays(1), NEVER))))
        .apply(
            "AtTheirTimes",
            WithTimestamps.of(
                event -> org.joda.time.Instant.ofEpochMilli(event.getCreated().toEpochMilli())));
  }

  private record Writer(Warehouse warehouse, String runId, Instant startedAt) {
    <T> void write(
        PCollection<T> rows, WarehouseTable<T> table, SerializableFunction<T, Long> sequence) {
      rows.apply("Write " + table, warehouse.upsert(table, sequence, runId, startedAt));
    }
  }

  private Stream() {}
}
