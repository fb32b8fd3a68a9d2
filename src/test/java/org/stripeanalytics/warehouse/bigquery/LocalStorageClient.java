package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AvroRows;
import com.google.cloud.bigquery.storage.v1.AvroSchema;
import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.DataFormat;
import com.google.cloud.bigquery.storage.v1.ReadRowsRequest;
import com.google.cloud.bigquery.storage.v1.ReadRowsResponse;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.ReadStream;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamRequest;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamResponse;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.BigQueryServerStream;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices.StorageClient;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * Serves read sessions of the Storage Read API from the tables of {@link LocalBigQuery}: the
 * selected fields of the rows that fulfil the restriction, in Avro, in one stream.
 */
record LocalStorageClient(LocalBigQuery local) implements StorageClient {

  @Override
  public ReadSession createReadSession(CreateReadSessionRequest request) {
    ReadSession asked = request.getReadSession();
    return asked.toBuilder()
        .setDataFormat(DataFormat.AVRO)
        .setAvroSchema(AvroSchema.newBuilder().setSchema(schema(asked).toString()))
        .addStreams(ReadStream.newBuilder().setName(local.openSession(asked)))
        .build();
  }

  @Override
  public BigQueryServerStream<ReadRowsResponse> readRows(ReadRowsRequest request) {
    ReadSession asked = local.session(request.getReadStream());
    Schema schema = schema(asked);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(schema);
    try {
      QueryResult answer = local.tables().run(select(asked));
      for (List<Object> row : answer.rows()) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(
              field.pos(), avro(row.get(answer.columns().indexOf(field.name())), field.schema()));
        }
        writer.write(record, encoder);
      }
      encoder.flush();
      return new OneResponse(
          ReadRowsResponse.newBuilder()
              .setRowCount(answer.rows().size())
              .setAvroRows(
                  AvroRows.newBuilder()
                      .setSerializedBinaryRows(ByteString.copyFrom(bytes.toByteArray())))
              .build());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + asked.getTable(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BigQueryServerStream<ReadRowsResponse> readRows(ReadRowsRequest request, String table) {
    return readRows(request);
  }

  /** Nothing to split. */
  @Override
  public SplitReadStreamResponse splitReadStream(SplitReadStreamRequest request) {
    return SplitReadStreamResponse.getDefaultInstance();
  }

  @Override
  public SplitReadStreamResponse splitReadStream(SplitReadStreamRequest request, String table) {
    return splitReadStream(request);
  }

  @Override
  public void close() {}

  private static String select(ReadSession asked) {
    List<String> table = nameOf(asked);
    String restriction = asked.getReadOptions().getRowRestriction();
    return "SELECT * FROM `local."
        + table.get(0)
        + "."
        + table.get(1)
        + "`"
        + (restriction.isEmpty() ? "" : " WHERE " + restriction);
  }

  private Schema schema(ReadSession asked) {
    List<String> table = nameOf(asked);
    List<TableFieldSchema> columns =
        local.tables().resource(table.get(0), table.get(1)).getSchema().getFields();
    return AvroSchemas.of(
        "session", selected("", columns, asked.getReadOptions().getSelectedFieldsList()));
  }

  /** Of projects/P/datasets/D/tables/T the dataset and the table. */
  private static List<String> nameOf(ReadSession asked) {
    List<String> parts = Splitter.on('/').splitToList(asked.getTable());
    return ImmutableList.of(parts.get(3), parts.get(5));
  }

  private static List<TableFieldSchema> selected(
      String path, List<TableFieldSchema> columns, List<String> wanted) {
    List<TableFieldSchema> selected = new ArrayList<>();
    for (TableFieldSchema column : columns) {
      String name = path + column.getName();
      if (wanted.isEmpty() || wanted.contains(name)) {
        selected.add(column);
      } else if (wanted.stream().anyMatch(field -> field.startsWith(name + "."))) {
        selected.add(column.clone().setFields(selected(name + ".", column.getFields(), wanted)));
      }
    }
    return selected;
  }

  private static @Nullable Object avro(@Nullable Object value, Schema nullable) {
    Schema schema = AvroSchemas.present(nullable);
    if (value == null && schema.getType() == Schema.Type.ARRAY) {
      // BigQuery has no lists that are null.
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> avro(item, schema.getElementType())).toList();
    }
    if (value instanceof Map<?, ?> map) {
      GenericRecord record = new GenericData.Record(schema);
      for (Schema.Field field : schema.getFields()) {
        record.put(field.pos(), avro(map.get(field.name()), field.schema()));
      }
      return record;
    }
    if (value instanceof LocalDate date) {
      return (int) date.toEpochDay();
    }
    if (value instanceof Instant instant) {
      return EpochMicros.of(instant);
    }
    return value instanceof BigDecimal number
        ? ByteBuffer.wrap(number.setScale(AvroSchemas.NUMERIC_SCALE).unscaledValue().toByteArray())
        : value;
  }

  private record OneResponse(ReadRowsResponse response)
      implements BigQueryServerStream<ReadRowsResponse> {
    @Override
    public Iterator<ReadRowsResponse> iterator() {
      return ImmutableList.of(response).iterator();
    }

    @Override
    public void cancel() {}
  }
}
