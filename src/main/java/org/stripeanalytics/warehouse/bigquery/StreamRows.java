package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryStorageApiInsertError;
import org.apache.beam.sdk.io.gcp.bigquery.RowMutationInformation;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Streams rows into a table by the Storage Write API, at least once: BigQuery merges them by the
 * primary key of the table, and of several with one key the one with the greatest change sequence
 * number stands, so that a row which is sent twice does no harm. Rows of a later job stand above
 * those of an earlier one.
 */
final class StreamRows<T> extends PTransform<PCollection<T>, PDone> {
  /** Four million states of one row of one month, more than it has seconds. */
  private static final int SEQUENCE_BITS = 22;

  private static final long LAST_SEQUENCE = (1L << SEQUENCE_BITS) - 1;

  private final WarehouseTable<T> table;
  private final TableNames names;
  private final @Nullable BigQueryServices services;
  private final SerializableFunction<T, Long> sequence;
  private final RunStamp run;

  StreamRows(
      WarehouseTable<T> table,
      TableNames names,
      @Nullable BigQueryServices services,
      SerializableFunction<T, Long> sequence,
      RunStamp run) {
    this.table = table;
    this.names = names;
    this.services = services;
    this.sequence = sequence;
    this.run = run;
  }

  @Override
  public PDone expand(PCollection<T> rows) {
    WarehouseTable<T> to = table;
    RunStamp stamp = run;
    SerializableFunction<T, Long> order = sequence;
    BigQueryIO.Write<T> write =
        BigQueryIO.<T>write()
            .to(names.table(table.contract()))
            .withFormatFunction(row -> row(to, stamp, row))
            .withRowMutationInformationFn(row -> mutation(stamp, order.apply(row)))
            .withMethod(BigQueryIO.Write.Method.STORAGE_API_AT_LEAST_ONCE)
            .withSchema(table.contract().bigQueryTable().getSchema())
            .withPrimaryKey(table.contract().primaryKey())
            .withCreateDisposition(BigQueryIO.Write.CreateDisposition.CREATE_IF_NEEDED)
            .withWriteDisposition(BigQueryIO.Write.WriteDisposition.WRITE_APPEND)
            .withoutValidation();
    rows.apply("StreamRows", services == null ? write : write.withTestServices(services))
        .getFailedStorageApiInserts()
        .apply("ReportRefused", ParDo.of(new ReportFn(table.name())));
    return PDone.in(rows.getPipeline());
  }

  /** A number in hexadecimal: the job's start, and within a job the sequence. */
  private static RowMutationInformation mutation(RunStamp run, long sequence) {
    long number =
        (run.ingestedAt().toEpochMilli() << SEQUENCE_BITS) | Math.min(sequence, LAST_SEQUENCE);
    return RowMutationInformation.of(
        RowMutationInformation.MutationType.UPSERT, Long.toHexString(number));
  }

  /** A row that BigQuery refuses is lost, which must not pass in silence. */
  private static final class ReportFn extends DoFn<BigQueryStorageApiInsertError, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportFn.class);

    private final Counter refused = Metrics.counter(StreamRows.class, "refused");
    private final String table;

    ReportFn(String table) {
      this.table = table;
    }

    @ProcessElement
    public void report(@Element BigQueryStorageApiInsertError error) {
      refused.inc();
      LOG.error("a row of {} was refused: {}", table, error.getErrorMessage());
    }
  }

  /** The row as JSON would have it, stamped. */
  static <T> TableRow row(WarehouseTable<T> table, RunStamp run, T row) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    TableRow columns = new TableRow();
    List<TableFieldSchema> schema = table.contract().columns();
    for (TableFieldSchema column : schema) {
      switch (column.getName()) {
        case "_ingested_at" -> columns.set("_ingested_at", run.ingestedAt().toString());
        case "_run_id" -> columns.set("_run_id", run.runId());
        default -> {
          Object value = codec.get(row, codec.schema().indexOf(column.getName()));
          if (value != null) {
            columns.set(column.getName(), json(column, value));
          }
        }
      }
    }
    return columns;
  }

  private static Object json(TableFieldSchema column, Object value) {
    return switch (column.getType()) {
      case "DATE" -> LocalDate.ofEpochDay((Long) value).toString();
      case "TIMESTAMP" -> EpochMicros.toInstant((Long) value).toString();
      case "NUMERIC" -> ((BigDecimal) value).toPlainString();
      case "STRING", "INTEGER", "BOOLEAN" -> value;
      default ->
          throw new IllegalArgumentException(
              column.getName() + " is a " + column.getType() + ", which is never streamed");
    };
  }
}
