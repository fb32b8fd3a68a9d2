package org.stripeanalytics.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
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
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RejectionRule;
import org.stripeanalytics.quality.RowTally;
import org.stripeanalytics.quality.Violation;

/**
 * Reads files of JSON objects, as {@link JsonFile} understands them, from wherever Beam has a file
 * system for. Bounded, in the global window, in no particular order. A file is read by one worker
 * and in pieces, so its size costs time and no memory; a file that several patterns match is read
 * once. A pattern that matches no file fails the run, unless that is allowed.
 */
public final class ReadFiles extends PTransform<PBegin, PCollectionTuple> {
  static final String STEP = "read_files";

  private static final TupleTag<DeliveredRecord> RECORDS = new TupleTag<>("records") {};
  private static final TupleTag<Remark> REMARKS = new TupleTag<>("remarks") {};
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};
  private static final TupleTag<RowTally> TALLIES = new TupleTag<>("tallies") {};
  private static final TupleTag<String> WARNINGS = new TupleTag<>("warnings") {};

  private final List<String> patterns;
  private final @Nullable LocalDate extractedOn;
  private final RejectingRun run;
  private final EmptyMatchTreatment emptyMatch;

  private ReadFiles(
      List<String> patterns,
      @Nullable LocalDate extractedOn,
      RejectingRun run,
      EmptyMatchTreatment emptyMatch) {
    this.patterns = List.copyOf(patterns);
    this.extractedOn = extractedOn;
    this.run = run;
    this.emptyMatch = emptyMatch;
  }

  /**
   * @param patterns paths, with {@code *} and {@code **} if need be
   * @param extractedOn the day at whose end plain objects are in the state that the files show
   */
  public static ReadFiles matching(
      List<String> patterns, @Nullable LocalDate extractedOn, RejectingRun run) {
    return new ReadFiles(patterns, extractedOn, run, EmptyMatchTreatment.DISALLOW);
  }

  /**
   * Whether a pattern with {@code *} may match no file, which then is no rows. A path without one
   * has to be there in any case. Default: no, because it may well be misspelt.
   */
  public ReadFiles withEmptyInputAllowed(boolean allowed) {
    return new ReadFiles(
        patterns,
        extractedOn,
        run,
        allowed ? EmptyMatchTreatment.ALLOW_IF_WILDCARD : EmptyMatchTreatment.DISALLOW);
  }

  /** The objects that were found, unparsed. */
  public static PCollection<DeliveredRecord> records(PCollectionTuple read) {
    return read.get(RECORDS);
  }

  /** What is no object, and files that cannot be read. */
  public static PCollection<RejectedRecord> rejected(PCollectionTuple read) {
    return read.get(REJECTED);
  }

  /** How many records were found, those that are rejected among them, and how many empty pages. */
  public static PCollection<RowTally> tallies(PCollectionTuple read) {
    return read.get(TALLIES);
  }

  /** Sentences that were logged as warnings: of lists that are not there to their end. */
  public static PCollection<String> warnings(PCollectionTuple read) {
    return read.get(WARNINGS);
  }

  @Override
  public PCollectionTuple expand(PBegin pipeline) {
    PCollectionTuple read =
        pipeline
            .apply("ListPatterns", Create.of(patterns))
            .apply("MatchFiles", FileIO.matchAll().withEmptyMatchTreatment(emptyMatch))
            .apply("NameFiles", MapElements.into(TypeDescriptors.strings()).via(ReadFiles::name))
            .apply("NameOnce", Distinct.create())
            .apply("SpreadFiles", Reshuffle.viaRandomKey())
            .apply(
                "ReadRecords",
                ParDo.of(new ReadFn(extractedOn, run))
                    .withOutputTags(RECORDS, TupleTagList.of(REMARKS)));
    read.get(RECORDS).setCoder(RowCoder.of(DeliveredRecord.class));
    PCollection<Remark> remarks = read.get(REMARKS).setCoder(RowCoder.of(Remark.class));
    return PCollectionTuple.of(RECORDS, read.get(RECORDS))
        .and(REJECTED, remarks.apply("Rejected", Remark.rejected()))
        .and(TALLIES, remarks.apply("Tallies", Remark.tallies()))
        .and(
            WARNINGS,
            remarks
                .apply("Notices", Remark.notices())
                .apply("ReportNotices", ReportNotices.create()));
  }

  private static String name(MatchResult.Metadata file) {
    return file.resourceId().toString();
  }

  private static final class ReadFn extends DoFn<String, DeliveredRecord> {
    private final @Nullable LocalDate extractedOn;
    private final RejectingRun run;
    private transient DeliveryCounts counts;

    ReadFn(@Nullable LocalDate extractedOn, RejectingRun run) {
      this.extractedOn = extractedOn;
      this.run = run;
    }

    @StartBundle
    public void startBundle() {
      counts = DeliveryCounts.ofReading();
    }

    @ProcessElement
    public void read(@Element String name, MultiOutputReceiver out) throws IOException {
      if (PubsubFile.isNamed(name)) {
        readMessages(name, out);
        return;
      }
      try (JsonFile file =
          JsonFile.open(
              Channels.newInputStream(
                  FileSystems.open(
                      FileSystems.matchNewResource(name, /* isDirectory= */ false))))) {
        for (FilePiece piece = file.next(); piece != null; piece = file.next()) {
          counts.found();
          if (piece.isEmptyPage()) {
            counts.ignored(StripeObjects.EMPTY_PAGE);
            counts.handled();
          } else if (piece.fault() == null) {
            out.get(RECORDS)
                .output(DeliveredRecord.of(piece.text(), name, piece.number(), extractedOn));
          } else {
            out.get(REMARKS).output(Remark.of(rejected(name, piece)));
            counts.unreadable(RowTally.NO_TABLE, piece.fault().rule());
          }
        }
        file.hasMore().forEach((list, more) -> out.get(REMARKS).output(page(list, more, name)));
      }
    }

    /** What cannot be read to its end is listed; what comes before that is ingested. */
    private void readMessages(String name, MultiOutputReceiver out) throws IOException {
      AtomicLong records = new AtomicLong();
      try (InputStream file =
          Channels.newInputStream(
              FileSystems.open(FileSystems.matchNewResource(name, /* isDirectory= */ false)))) {
        PubsubFile.read(
            file,
            line -> {
              counts.found();
              out.get(RECORDS)
                  .output(DeliveredRecord.of(line, name, records.incrementAndGet(), extractedOn));
            });
      } catch (IOException | AvroRuntimeException e) {
        Violation fault =
            new Violation(
                RejectionRule.TRUNCATED_FILE,
                "not a whole Avro file of Pub/Sub: " + e.getMessage());
        counts.found();
        counts.unreadable(RowTally.NO_TABLE, fault.rule());
        out.get(REMARKS)
            .output(
                Remark.of(
                    run.reject(STEP, fault, "", name)
                        .setSourceFile(name)
                        .setRecordNumber(records.incrementAndGet())
                        .setExtractedOn(extractedOn)
                        .build()));
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      counts.flush(
          tally ->
              context.output(
                  REMARKS,
                  Remark.of(tally),
                  BoundedWindow.TIMESTAMP_MIN_VALUE,
                  GlobalWindow.INSTANCE));
    }

    /** The last page of a list may be in another file than the others. */
    private static Remark page(String list, boolean hasMore, String file) {
      String subject =
          "Files with pages of the list %s, of which none has the last"
              .formatted(list.isEmpty() ? "without url" : list);
      return Remark.of(hasMore ? Notice.of(subject, file) : Notice.settling(subject));
    }

    private RejectedRecord rejected(String name, FilePiece piece) {
      return run.reject(STEP, piece.fault(), piece.text(), name + ":" + piece.number())
          .setSourceFile(name)
          .setRecordNumber(piece.number())
          .setExtractedOn(extractedOn)
          .build();
    }
  }
}
