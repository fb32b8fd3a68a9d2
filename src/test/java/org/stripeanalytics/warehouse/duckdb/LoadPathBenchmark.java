package org.stripeanalytics.warehouse.duckdb;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.ExampleRows;
import org.stripeanalytics.warehouse.Publication;

/**
 * Measures ways to get invoices with one or two lines into DuckDB, from building the rows to the
 * commit, and out again. Prints one line; run it in a fresh JVM per way, several times each.
 *
 * <pre>LoadPathBenchmark (generate | ndjson | zstd | appender | flink) [rows]</pre>
 */
public final class LoadPathBenchmark {
  private static final int WRITERS = 2;
  private static final int SHARDS = 100;
  private static final LocalDate START = LocalDate.of(2021, 1, 1);
  private static final int DAYS = 5 * 365;
  private static final DataInterval INTERVAL = DataInterval.of(START, START.plusDays(DAYS));
  private static final Contract CONTRACT = Tables.INVOICES.contract();

  private final int rows;
  private final Path directory;
  private final DuckDbWarehouse warehouse;

  private LoadPathBenchmark(int rows, Path directory) {
    this.rows = rows;
    this.directory = directory;
    this.warehouse = Warehouses.created(directory.resolve("benchmark.duckdb"));
  }

  public static void main(String[] args) throws Exception {
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
    Path directory = Files.createTempDirectory("load-path");
    try {
      LoadPathBenchmark benchmark = new LoadPathBenchmark(rows, directory);
      long start = System.nanoTime();
      switch (args[0]) {
        case "generate" -> benchmark.generate();
        case "ndjson" -> benchmark.stageAndPublish(false);
        case "zstd" -> benchmark.stageAndPublish(true);
        case "flink" -> benchmark.runPipeline();
        case "appender" -> benchmark.append();
        default -> throw new IllegalArgumentException(args[0]);
      }
      benchmark.print(args[0] + " total", start);
      if (!args[0].equals("generate")) {
        benchmark.read();
      }
    } finally {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  /** Ids as random as Stripe's, so that compression has no easier work than it will have. */
  private static Invoice row(int i) {
    SplittableRandom random = new SplittableRandom(i);
    Instant moment =
        START.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(random.nextInt(86_400));
    long amount = random.nextInt(100, 20_000);
    return ExampleRows.anInvoice("in_1" + id(random), START.plusDays(i % DAYS), 1 + i % 2)
        .setCustomer("cus_" + id(random))
        .setCustomerEmail(id(random) + "@example.com")
        .setDefaultPaymentMethod("pm_1" + id(random))
        .setTotal(amount)
        .setAmountDue(amount)
        .setAmountPaid(amount)
        .setDueDate(moment)
        .build();
  }

  private static String id(SplittableRandom random) {
    return Long.toString(random.nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
  }

  private void generate() throws Exception {
    LongAdder built = new LongAdder();
    inParallel(
        writer -> {
          for (int i = writer; i < rows; i += WRITERS) {
            built.add(row(i).getLines().size());
          }
          return null;
        });
  }

  private void stageAndPublish(boolean compressed) throws Exception {
    long start = System.nanoTime();
    List<String> files = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      files.add(directory.resolve(writer + ".ndjson" + (compressed ? ".zst" : "")).toString());
    }
    inParallel(
        writer -> {
          writeFile(Path.of(files.get(writer)), writer, compressed);
          return null;
        });
    long bytes = 0;
    for (String file : files) {
      bytes += Files.size(Path.of(file));
    }
    print("  staged " + bytes / 1_000_000 + " MB", start);
    long publish = System.nanoTime();
    new PublishTransaction(
            warehouse.file(), "benchmark", INTERVAL, Instant.parse("2024-01-01T00:00:00Z"))
        .publish(Map.of(Tables.INVOICES, new StagedFiles(files, rows)));
    print("  published", publish);
  }

  private void writeFile(Path file, int writer, boolean compressed) throws IOException {
    NdjsonRows<Invoice> format = NdjsonRows.of(RowCodec.of(Invoice.class));
    if (compressed) {
      try (NdjsonFile<Invoice> rowFile = NdjsonFile.create(file, format)) {
        for (int i = writer; i < rows; i += WRITERS) {
          rowFile.write(row(i));
        }
      }
      return;
    }
    try (JsonLines json = new JsonLines(Files.newOutputStream(file))) {
      for (int i = writer; i < rows; i += WRITERS) {
        format.write(row(i), json);
        json.raw('\n');
      }
    }
  }

  /** The whole way through Beam: embedded Flink, rows built in the pipeline. */
  private void runPipeline() {
    int rowsPerShard = rows / SHARDS;
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=" + WRITERS)
                .create());
    Publication publication =
        warehouse.publication("benchmark", INTERVAL, Instant.parse("2024-01-01T00:00:00Z"));
    pipeline
        .apply("Shards", Create.of(IntStream.range(0, SHARDS).boxed().toList()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("BuildRows", ParDo.of(new BuildRowsFn(rowsPerShard)))
        .setCoder(Tables.INVOICES.coder())
        .apply("Load", publication.load(Tables.INVOICES));
    pipeline.apply("Publish", publication);
    pipeline.run().waitUntilFinish();
  }

  private static final class BuildRowsFn extends DoFn<Integer, Invoice> {
    private final int rowsPerShard;

    private BuildRowsFn(int rowsPerShard) {
      this.rowsPerShard = rowsPerShard;
    }

    @ProcessElement
    public void processElement(@Element Integer shard, OutputReceiver<Invoice> output) {
      for (int i = 0; i < rowsPerShard; i++) {
        output.output(row(shard * rowsPerShard + i));
      }
    }
  }

  /** One Appender inside the transaction, fed by one thread. */
  private void append() throws SQLException {
    RowCodec<Invoice> codec = RowCodec.of(Invoice.class);
    try (Connection connection = warehouse.file().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION");
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("raw", "invoices")) {
        for (int i = 0; i < rows; i++) {
          append(appender, codec, row(i));
        }
      }
      statement.execute("COMMIT");
    }
  }

  private static void append(DuckDBAppender appender, RowCodec<Invoice> codec, Invoice row)
      throws SQLException {
    appender.beginRow();
    for (TableFieldSchema column : CONTRACT.columns()) {
      switch (column.getName()) {
        case "_ingested_at" -> appender.appendEpochMicros(0);
        case "_run_id" -> appender.append("benchmark");
        default -> append(appender, column, codec, row);
      }
    }
    appender.endRow();
  }

  private static <T> void append(
      DuckDBAppender appender, TableFieldSchema column, RowCodec<T> codec, T row)
      throws SQLException {
    int field = codec.schema().indexOf(column.getName());
    Object value = codec.get(row, field);
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof List<?> items) {
      appender.append((List<?>) listValue(column, codec, field, items));
    } else {
      switch (column.getType()) {
        case "STRING" -> appender.append((String) value);
        case "INTEGER" -> appender.append((Long) value);
        case "BOOLEAN" -> appender.append((Boolean) value);
        case "DATE" -> appender.appendEpochDays(((Long) value).intValue());
        case "TIMESTAMP" -> appender.appendEpochMicros((Long) value);
        case "RECORD" -> appendStruct(appender, column, codec.nested(field), value);
        default -> throw new IllegalArgumentException(column.toString());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <N> void appendStruct(
      DuckDBAppender appender, TableFieldSchema column, RowCodec<N> codec, Object value)
      throws SQLException {
    appender.beginStruct();
    for (TableFieldSchema child : column.getFields()) {
      append(appender, child, codec, (N) value);
    }
    appender.endStruct();
  }

  private static List<Object> listValue(
      TableFieldSchema column, RowCodec<?> codec, int field, List<?> items) {
    List<Object> values = new ArrayList<>(items.size());
    for (Object item : items) {
      values.add(
          column.getFields() == null ? item : structValue(column, codec.nested(field), item));
    }
    return values;
  }

  @SuppressWarnings("unchecked")
  private static <N> Object structValue(TableFieldSchema column, RowCodec<N> codec, Object row) {
    Object[] values = new Object[column.getFields().size()];
    for (int i = 0; i < values.length; i++) {
      TableFieldSchema child = column.getFields().get(i);
      int field = codec.schema().indexOf(child.getName());
      Object value = codec.get((N) row, field);
      if (value instanceof List<?> items) {
        values[i] = listValue(child, codec, field, items);
      } else if (value != null && child.getType().equals("RECORD")) {
        values[i] = structValue(child, codec.nested(field), value);
      } else if (value != null && child.getType().equals("TIMESTAMP")) {
        values[i] = LocalDateTime.ofInstant(EpochMicros.toInstant((Long) value), ZoneOffset.UTC);
      } else {
        values[i] = value;
      }
    }
    return Arrays.asList(values);
  }

  private void read() throws Exception {
    RowCodec<Invoice> codec = RowCodec.of(Invoice.class);
    String select =
        "SELECT " + Projection.columns(CONTRACT, codec.schema()) + " FROM raw.invoices WHERE ";
    LongAdder lines = new LongAdder();
    long start = System.nanoTime();
    inParallel(
        reader -> {
          long step = RowRangeReader.ROWS_PER_GROUP;
          for (long from = reader * step; from < rows; from += WRITERS * step) {
            OffsetRange range = new OffsetRange(from, from + step);
            try (RowRangeReader<Invoice> read =
                RowRangeReader.open(warehouse.file(), select, codec, range)) {
              while (read.hasNext()) {
                lines.add(read.next().getLines().size());
              }
            }
          }
          return null;
        });
    print("  read back " + lines.sum() + " lines", start);
  }

  private static void inParallel(IndexedTask task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int index = i;
        tasks.add(() -> task.run(index));
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private void print(String what, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    // A program for a terminal, not a test.
    System.out.printf("%-28s %6.2f s %,9.0f rows/s%n", what, seconds, rows / seconds);
  }

  private interface IndexedTask {
    Void run(int index) throws Exception;
  }
}
