package org.stripeanalytics.warehouse.bigquery;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.warehouse.OwnedDays;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingBatch;

/**
 * Where one table's rows of one bundle go: an Avro file that is made with the first of them, named
 * at random so that a retried bundle never meets the file of its first try.
 */
final class AvroBatch<T> implements StagingBatch<T> {
  private final WarehouseTable<T> table;
  private final ResourceId folder;
  private final Schema schema;
  private final AvroRecords<T> records;
  private final OwnedDays<T> owned;

  private @Nullable ResourceId file;
  private @Nullable LateUpload upload;
  private @Nullable DataFileWriter<GenericRecord> writer;
  private long rows;

  /**
   * @param folder of the table's files
   * @param interval what the run owns; null if it merges
   */
  AvroBatch(WarehouseTable<T> table, ResourceId folder, @Nullable DataInterval interval) {
    RowCodec<T> codec = RowCodec.of(table.rowClass());
    this.table = table;
    this.folder = folder;
    this.schema =
        AvroSchemas.of(table.contract().table(), ContractTables.stagedColumns(table.contract()));
    this.records = AvroRecords.of(schema, codec);
    this.owned = OwnedDays.of(table, codec, interval);
  }

  @Override
  public void write(T row) throws IOException {
    owned.check(row);
    if (writer == null) {
      file = folder.resolve(UUID.randomUUID() + ".avro", StandardResolveOptions.RESOLVE_FILE);
      upload = new LateUpload(file);
      writer =
          new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))
              .setCodec(CodecFactory.snappyCodec())
              .create(schema, upload);
    }
    writer.append(records.write(row));
    rows++;
    RowMeter.STAGED.add(1);
  }

  @Override
  public Optional<StagedRows> finish() throws IOException {
    if (writer == null) {
      return Optional.empty();
    }
    writer.flush();
    upload.finish();
    StagedRows staged = StagedRows.of(table.name(), file.toString(), rows);
    close();
    return Optional.of(staged);
  }

  /** Leaves no file of a small batch, and one that nobody knows of a large one. */
  @Override
  public void close() throws IOException {
    LateUpload open = upload;
    file = null;
    upload = null;
    writer = null;
    rows = 0;
    if (open != null) {
      open.close();
    }
  }
}
