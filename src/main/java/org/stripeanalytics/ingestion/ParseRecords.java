package org.stripeanalytics.ingestion;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.ops.ReceivedDelivery;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.Violation;

/**
 * Makes rows of delivered objects ({@link RecordParser}), and counts them. Element by element;
 * tallies come once per bundle, in the global window.
 */
final class ParseRecords extends PTransform<PCollection<DeliveredRecord>, PCollectionTuple> {
  static final String STEP = "parse_records";

  static final TupleTag<VersionedRow> ROWS = new TupleTag<>("rows") {};
  static final TupleTag<Remark> REMARKS = new TupleTag<>("remarks") {};

  private final ZoneId reportingZone;
  private final RejectingRun run;
  private final @Nullable String account;
  private final @Nullable Clock clock;

  private ParseRecords(
      ZoneId reportingZone, RejectingRun run, @Nullable String account, @Nullable Clock clock) {
    this.reportingZone = reportingZone;
    this.run = run;
    this.account = account;
    this.clock = clock;
  }

  /**
   * @param account whose objects become rows; null for the platform's own
   */
  static ParseRecords of(ZoneId reportingZone, RejectingRun run, @Nullable String account) {
    return new ParseRecords(reportingZone, run, account, null);
  }

  /** For a run that goes on: no event is much later than the present, rather than the run's day. */
  ParseRecords until(Clock present) {
    return new ParseRecords(reportingZone, run, account, present);
  }

  @Override
  public PCollectionTuple expand(PCollection<DeliveredRecord> records) {
    PCollectionTuple parsed =
        records.apply(
            "Parse",
            ParDo.of(new ParseFn(reportingZone, run, account, clock))
                .withOutputTags(ROWS, TupleTagList.of(REMARKS)));
    parsed.get(ROWS).setCoder(RowCoder.of(VersionedRow.class));
    parsed.get(REMARKS).setCoder(RowCoder.of(Remark.class));
    return parsed;
  }

  private static final class ParseFn extends DoFn<DeliveredRecord, VersionedRow> {
    private final ZoneId reportingZone;
    private final RejectingRun run;
    private final @Nullable String account;
    private final @Nullable Clock clock;

    private transient RecordParser parser;
    private transient LocalDate day;
    private transient DeliveryCounts counts;
    private transient Notices notices;

    ParseFn(
        ZoneId reportingZone, RejectingRun run, @Nullable String account, @Nullable Clock clock) {
      this.reportingZone = reportingZone;
      this.run = run;
      this.account = account;
      this.clock = clock;
    }

    private LocalDate today() {
      return clock == null ? run.day() : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @StartBundle
    public void startBundle() {
      if (!today().equals(day)) {
        day = today();
        parser = new RecordParser(reportingZone, day, account);
      }
      counts = new DeliveryCounts(reportingZone);
      notices = new Notices();
      parser.startBundle();
    }

    @ProcessElement
    public void processElement(@Element DeliveredRecord record, MultiOutputReceiver out) {
      CountingOutput output = new CountingOutput(record, out);
      Optional<Instant> asked = LandedFile.extractedAt(record.getSourceFile());
      if (asked.isPresent()) {
        parser.parse(record.getJson(), asked.get(), output);
      } else {
        parser.parse(record.getJson(), record.getExtractedOn(), output);
      }
      if (output.handled) {
        counts.handled();
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      counts.flush(tally -> remark(context, Remark.of(tally)));
      notices.all().forEach(notice -> remark(context, Remark.of(notice)));
    }

    private static void remark(DoFn<?, VersionedRow>.FinishBundleContext context, Remark remark) {
      context.output(REMARKS, remark, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
    }

    private final class CountingOutput implements RecordParser.Output {
      private final DeliveredRecord record;
      private final MultiOutputReceiver out;
      private int rejections;
      private boolean handled;

      CountingOutput(DeliveredRecord record, MultiOutputReceiver out) {
        this.record = record;
        this.out = out;
      }

      @Override
      public void row(VersionedRow row) {
        handled = true;
        counts.row(row);
        out.get(ROWS).output(row);
      }

      @Override
      public void notice(String subject, String example) {
        notices.add(subject, example);
      }

      @Override
      public void rejected(
          @Nullable WarehouseTable<?> table,
          @Nullable String id,
          Violation violation,
          String json) {
        handled = true;
        counts.rejected(table, violation.rule());
        String place = record.getSourceFile() + ":" + record.getRecordNumber() + ":" + rejections++;
        out.get(REMARKS)
            .output(
                Remark.of(
                    run.reject(STEP, violation, json, place)
                        .setTargetTable(table == null ? null : table.name())
                        .setObjectId(id)
                        .setSourceFile(record.getSourceFile())
                        .setRecordNumber(record.getRecordNumber())
                        .setExtractedOn(record.getExtractedOn())
                        .build()));
      }

      @Override
      public void delivered(ReceivedDelivery delivery) {
        out.get(REMARKS).output(Remark.of(delivery));
      }

      @Override
      public void ignored(String name) {
        handled = true;
        counts.ignored(name);
      }
    }
  }
}
