package org.stripeanalytics.warehouse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * {@link Warehouse#upsert} for warehouses with transactions: rows are gathered for a second and
 * written by one worker, so that two writers never meet. It is meant for the few rows of marts, and
 * for as many events as one account has.
 */
final class UpsertRows<T> extends PTransform<PCollection<T>, PDone> {
  private static final Duration GATHERING = Duration.standardSeconds(1);
  private static final long MOST_ROWS = 2_000;

  private final Warehouse warehouse;
  private final WarehouseTable<T> table;
  private final SerializableFunction<T, Long> sequence;
  private final String runId;
  private final Instant startedAt;

  UpsertRows(
      Warehouse warehouse,
      WarehouseTable<T> table,
      SerializableFunction<T, Long> sequence,
      String runId,
      Instant startedAt) {
    this.warehouse = warehouse;
    this.table = table;
    this.sequence = sequence;
    this.runId = runId;
    this.startedAt = startedAt;
  }

  @Override
  public PDone expand(PCollection<T> rows) {
    rows.apply(
            "ForgetWindows",
            Window.<T>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .setCoder(table.coder())
        .apply("ToOneKey", WithKeys.of(table.name()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), table.coder()))
        .apply(
            "Gather",
            GroupIntoBatches.<String, T>ofSize(MOST_ROWS).withMaxBufferingDuration(GATHERING))
        .apply("Write", ParDo.of(new WriteFn<>(this)));
    return PDone.in(rows.getPipeline());
  }

  /** Of each key the row that comes last in the sequence. */
  static <T> List<T> newest(Iterable<T> rows, Function<T, Object> key, Function<T, Long> sequence) {
    Map<Object, T> newest = new LinkedHashMap<>();
    for (T row : rows) {
      newest.merge(
          key.apply(row),
          row,
          (one, other) -> sequence.apply(other) >= sequence.apply(one) ? other : one);
    }
    return new ArrayList<>(newest.values());
  }

  private static final class WriteFn<T> extends DoFn<KV<String, Iterable<T>>, Void> {
    private final Warehouse warehouse;
    private final WarehouseTable<T> table;
    private final SerializableFunction<T, Long> sequence;
    private final String runId;
    private final Instant startedAt;

    WriteFn(UpsertRows<T> upsert) {
      this.warehouse = upsert.warehouse;
      this.table = upsert.table;
      this.sequence = upsert.sequence;
      this.runId = upsert.runId;
      this.startedAt = upsert.startedAt;
    }

    @ProcessElement
    public void write(@Element KV<String, Iterable<T>> batch) {
      RowCodec<T> codec = RowCodec.of(table.rowClass());
      List<Integer> columns =
          table.contract().primaryKey().stream().map(codec.schema()::indexOf).toList();
      Function<T, Object> key =
          row -> columns.stream().map(column -> Objects.toString(codec.get(row, column))).toList();
      warehouse.append(table, newest(batch.getValue(), key, sequence::apply), runId, startedAt);
    }
  }
}
