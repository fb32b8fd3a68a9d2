package org.stripeanalytics.ingestion.exports;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.ingestion.DeliveredRecord;
import org.stripeanalytics.ingestion.DeliveryCounts;
import org.stripeanalytics.ingestion.FilePiece;
import org.stripeanalytics.ingestion.Notices;
import org.stripeanalytics.ingestion.Remark;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.RunFailedException;

/**
 * Reads the rows of exported files, from wherever Beam has a file system for. Bounded, in the
 * global window, in no particular order. A file is read by one worker, row by row. Files whose name
 * is that of no table are counted and not opened. A header without a column that every row needs
 * fails the run.
 */
public final class ReadExports extends PTransform<PBegin, PCollectionTuple> {
  static final String STEP = "read_files";

  private static final TupleTag<DeliveredRecord> RECORDS = new TupleTag<>("records") {};
  private static final TupleTag<Remark> REMARKS = new TupleTag<>("remarks") {};

  private final SourceTables source;
  private final List<String> patterns;
  private final @Nullable LocalDate extractedOn;
  private final RejectingRun run;

  private ReadExports(
      SourceTables source,
      List<String> patterns,
      @Nullable LocalDate extractedOn,
      RejectingRun run) {
    this.source = source;
    this.patterns = List.copyOf(patterns);
    this.extractedOn = extractedOn;
    this.run = run;
  }

  /**
   * @param patterns paths, with {@code *} and {@code **} if need be
   * @param extractedOn the day at whose end rows are in the state that the files show; null for the
   *     day of the run
   */
  public static ReadExports matching(
      SourceTables source,
      List<String> patterns,
      @Nullable LocalDate extractedOn,
      RejectingRun run) {
    return new ReadExports(source, patterns, extractedOn, run);
  }

  /** The rows that were found. */
  public static PCollection<DeliveredRecord> records(PCollectionTuple read) {
    return read.get(RECORDS);
  }

  /** What is no row, what was noticed, and how much was found. */
  public static PCollection<Remark> remarks(PCollectionTuple read) {
    return read.get(REMARKS);
  }

  /**
   * What keeps a file from being read, as a sentence that begins with its name.
   *
   * @return nothing for a file of no table, and for one that can be read
   */
  public static Optional<String> fault(SourceTables source, String name, InputStream bytes)
      throws IOException {
    Optional<WarehouseTable<?>> table = source.ofFile(name);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    try (ExportFile file = ExportFile.open(name, bytes)) {
      return fault(table.get(), name, file);
    }
  }

  private static Optional<String> fault(WarehouseTable<?> table, String name, ExportFile file) {
    return file.header().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(exported(table).missing(file.header()))
            .map(missing -> name + " " + missing);
  }

  private static ExportedTable<?> exported(WarehouseTable<?> table) {
    return new ExportedTable<>(table, java.time.ZoneOffset.UTC, (column, value) -> {});
  }

  @Override
  public PCollectionTuple expand(PBegin pipeline) {
    PCollectionTuple read =
        pipeline
            .apply("ListPatterns", Create.of(patterns))
            .apply(
                "MatchFiles",
                FileIO.matchAll().withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
            .apply(
                "NameFiles",
                MapElements.into(TypeDescriptors.strings())
                    .via(file -> file.resourceId().toString()))
            .apply("NameOnce", Distinct.create())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply(
                "ReadRows",
                ParDo.of(new ReadFn(source, extractedOn, run))
                    .withOutputTags(RECORDS, TupleTagList.of(REMARKS)));
    read.get(RECORDS).setCoder(RowCoder.of(DeliveredRecord.class));
    read.get(REMARKS).setCoder(RowCoder.of(Remark.class));
    return read;
  }

  private static final class ReadFn extends DoFn<String, DeliveredRecord> {
    private final SourceTables source;
    private final @Nullable LocalDate extractedOn;
    private final RejectingRun run;
    private transient DeliveryCounts counts;
    private transient Notices notices;

    ReadFn(SourceTables source, @Nullable LocalDate extractedOn, RejectingRun run) {
      this.source = source;
      this.extractedOn = extractedOn;
      this.run = run;
    }

    @StartBundle
    public void startBundle() {
      counts = DeliveryCounts.ofReading();
      notices = new Notices();
    }

    @ProcessElement
    public void read(@Element String name, MultiOutputReceiver out) throws IOException {
      Optional<WarehouseTable<?>> table = source.ofFile(name);
      if (table.isEmpty()) {
        counts.found();
        counts.ignored("files of no table of " + source.source());
        counts.handled();
        return;
      }
      try (ExportFile file =
          ExportFile.open(
              name,
              Channels.newInputStream(
                  FileSystems.open(FileSystems.matchNewResource(name, false))))) {
        fault(table.get(), name, file)
            .ifPresent(
                fault -> {
                  throw new RunFailedException(fault);
                });
        noticeUnused(table.get(), file.header());
        read(table.get(), name, file, out);
      }
    }

    private void read(
        WarehouseTable<?> table, String name, ExportFile file, MultiOutputReceiver out)
        throws IOException {
      for (FilePiece piece = file.next(); piece != null; piece = file.next()) {
        counts.found();
        if (piece.fault() == null) {
          out.get(RECORDS)
              .output(
                  DeliveredRecord.of(
                      ExportRows.record(table, piece.text()), name, piece.number(), extractedOn));
        } else {
          out.get(REMARKS).output(Remark.of(rejected(name, piece)));
          counts.unreadable(RowTally.NO_TABLE, piece.fault().rule());
        }
      }
    }

    private void noticeUnused(WarehouseTable<?> table, Iterable<String> header) {
      ImmutableSet<String> unused = ImmutableSet.copyOf(exported(table).unused(header));
      unused.forEach(
          name -> notices.add("Columns of files of " + table.name() + " that are not used", name));
    }

    private RejectedRecord rejected(String name, FilePiece piece) {
      return run.reject(STEP, piece.fault(), piece.text(), name + ":" + piece.number())
          .setSourceFile(name)
          .setRecordNumber(piece.number())
          .setExtractedOn(extractedOn)
          .build();
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      counts.flush(tally -> output(context, Remark.of(tally)));
      notices.all().forEach(notice -> output(context, Remark.of(notice)));
    }

    private static void output(FinishBundleContext context, Remark remark) {
      context.output(REMARKS, remark, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }
  }
}
