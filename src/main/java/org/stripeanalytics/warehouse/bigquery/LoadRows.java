package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.TableReference;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.gcp.bigquery.AvroWriteRequest;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryIO;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryServices;
import org.apache.beam.sdk.io.gcp.bigquery.TableDestination;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.OwnedDays;
import org.stripeanalytics.warehouse.RowMeter;
import org.stripeanalytics.warehouse.StagedRows;

/**
 * Loads rows into a staging table of the run's own: makes the table, and behind that one load job
 * fills it from Avro files, replacing what an earlier try of the same job has left. Emits one
 * element, in the global window, when the load has ended, also when there was no row to load. A row
 * outside what the run owns, or a number that does not fit its column, fails the bundle.
 */
final class LoadRows<T> extends PTransform<PCollection<T>, PCollection<StagedRows>> {
  private final WarehouseTable<T> table;
  private final BigQueryConnection connection;
  private final @Nullable BigQueryServices services;
  private final ContractTables tables;
  private final RunStamp run;
  private final @Nullable DataInterval interval;

  LoadRows(
      WarehouseTable<T> table,
      BigQueryConnection connection,
      @Nullable BigQueryServices services,
      ContractTables tables,
      RunStamp run,
      @Nullable DataInterval interval) {
    this.table = table;
    this.connection = connection;
    this.services = services;
    this.tables = tables;
    this.run = run;
    this.interval = interval;
  }

  @Override
  public PCollection<StagedRows> expand(PCollection<T> rows) {
    TableReference staging = tables.names().staging(table.contract(), run);
    PCollection<String> created =
        rows.getPipeline()
            .apply("NameStaging", Create.of(table.name()))
            .apply("CreateStaging", ParDo.of(new CreateFn(table, connection, tables, run)));
    PCollection<T> ready =
        rows.apply("ForgetWindows", Window.into(new GlobalWindows()))
            .apply("CheckOwned", ParDo.of(new CheckFn<>(table, interval)))
            .setCoder(table.coder())
            .apply("AwaitStaging", Wait.on(created));
    PCollection<TableDestination> loaded =
        ready.apply("LoadFiles", write(staging)).getSuccessfulTableLoads();
    String name = table.name();
    String location = staging.getDatasetId() + "." + staging.getTableId();
    return ready
        .apply("CountRows", Count.globally())
        .apply("AwaitLoad", Wait.on(loaded))
        .apply(
            "DescribeStaged",
            MapElements.into(TypeDescriptor.of(StagedRows.class))
                .via(count -> StagedRows.of(name, location, count)))
        .setCoder(RowCoder.of(StagedRows.class));
  }

  private BigQueryIO.Write<T> write(TableReference staging) {
    WarehouseTable<T> loaded = table;
    BigQueryIO.Write<T> write =
        BigQueryIO.<T>write()
            .to(staging)
            .withSchema(ContractTables.stagingSchema(table.contract()))
            .withAvroSchemaFactory(unused -> avroSchema(loaded))
            .withAvroFormatFunction(new AvroFormat<>(table))
            .useAvroLogicalTypes()
            .withMethod(BigQueryIO.Write.Method.FILE_LOADS)
            // The table is there, but a load that may not create one is sent without its schema.
            .withCreateDisposition(BigQueryIO.Write.CreateDisposition.CREATE_IF_NEEDED)
            .withWriteDisposition(BigQueryIO.Write.WriteDisposition.WRITE_TRUNCATE)
            .withoutValidation();
    return services == null ? write : write.withTestServices(services);
  }

  private static Schema avroSchema(WarehouseTable<?> table) {
    return AvroSchemas.of(table.contract().table(), ContractTables.stagedColumns(table.contract()));
  }

  private static final class CreateFn extends DoFn<String, String> {
    private final WarehouseTable<?> table;
    private final BigQueryConnection connection;
    private final ContractTables tables;
    private final RunStamp run;

    private CreateFn(
        WarehouseTable<?> table,
        BigQueryConnection connection,
        ContractTables tables,
        RunStamp run) {
      this.table = table;
      this.connection = connection;
      this.tables = tables;
      this.run = run;
    }

    @ProcessElement
    public void processElement(@Element String name, OutputReceiver<String> output)
        throws IOException {
      tables.createStaging(connection.client(), table.contract(), run);
      output.output(name);
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      builder.add(DisplayData.item("table", table.name()).withLabel("Loaded table"));
    }
  }

  private static final class CheckFn<T> extends DoFn<T, T> {
    private final WarehouseTable<T> table;
    private final @Nullable DataInterval interval;

    private transient OwnedDays<T> owned;

    private CheckFn(WarehouseTable<T> table, @Nullable DataInterval interval) {
      this.table = table;
      this.interval = interval;
    }

    @Setup
    public void setup() {
      owned = OwnedDays.of(table, RowCodec.of(table.rowClass()), interval);
    }

    @ProcessElement
    public void processElement(@Element T row, OutputReceiver<T> output) {
      owned.check(row);
      RowMeter.STAGED.add(1);
      output.output(row);
    }
  }

  private static final class AvroFormat<T>
      implements SerializableFunction<AvroWriteRequest<T>, GenericRecord> {
    private final WarehouseTable<T> table;

    private transient AvroRecords<T> records;

    private AvroFormat(WarehouseTable<T> table) {
      this.table = table;
    }

    @Override
    public synchronized GenericRecord apply(AvroWriteRequest<T> request) {
      if (records == null) {
        records = AvroRecords.of(request.getSchema(), RowCodec.of(table.rowClass()));
      }
      return records.write(request.getElement());
    }
  }
}
