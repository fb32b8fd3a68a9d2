package org.stripeanalytics.warehouse.bigquery;

import com.google.cloud.bigquery.storage.v1.DataFormat;
import java.util.List;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.io.gcp.bigquery.SchemaAndRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.UsesTables;

/**
 * Reads a table through BigQuery's Storage Read API: only the columns that the row class has, at
 * every depth, and only the rows of the days asked for. Bounded, in the global window.
 */
final class ReadRows<T> extends PTransform<PBegin, PCollection<T>> implements UsesTables {
  private final TableRead<T> read;
  private final TableNames names;
  private final @Nullable BigQueryServices services;

  ReadRows(TableRead<T> read, TableNames names, @Nullable BigQueryServices services) {
    this.read = read;
    this.names = names;
    this.services = services;
  }

  @Override
  public List<TableRead<?>> tableReads() {
    return List.of(read);
  }

  @Override
  public PCollection<T> expand(PBegin pipeline) {
    Contract contract = read.table().contract();
    BigQueryIO.TypedRead<T> rows =
        BigQueryIO.read(new RowFormat<>(read.rowClass()))
            .from(names.table(contract))
            .withMethod(BigQueryIO.TypedRead.Method.DIRECT_READ)
            .withFormat(DataFormat.AVRO)
            .withSelectedFields(SelectedFields.of(contract, RowCodec.of(read.rowClass()).schema()))
            .withCoder(RowCoder.of(read.rowClass()))
            .withoutValidation();
    if (read.condition().isPresent()) {
      rows = rows.withRowRestriction(read.condition().get());
    }
    return pipeline.apply(
        "ReadDirectly", services == null ? rows : rows.withTestServices(services));
  }

  private static final class RowFormat<T> implements SerializableFunction<SchemaAndRecord, T> {
    private final Class<T> rowClass;

    private transient AvroRows<T> rows;

    private RowFormat(Class<T> rowClass) {
      this.rowClass = rowClass;
    }

    @Override
    public T apply(SchemaAndRecord record) {
      RowMeter.READ.add(1);
      return rows().read(record.getRecord());
    }

    private synchronized AvroRows<T> rows() {
      if (rows == null) {
        rows = AvroRows.of(RowCodec.of(rowClass));
      }
      return rows;
    }
  }
}
