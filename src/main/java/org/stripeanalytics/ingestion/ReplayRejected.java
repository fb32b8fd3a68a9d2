package org.stripeanalytics.ingestion;

import com.google.common.collect.ImmutableSet;
import java.time.LocalDate;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RejectingRun;
import org.stripeanalytics.quality.RejectionRule;

/**
 * Takes what one run has rejected and hands its payloads out as records again, and the rejections
 * themselves with the mark of having been replayed. Left alone is what has been replayed before,
 * what was no JSON of a file, and what holds only a part of it: files that ended early, objects
 * that were too large. Element by element; trying the same replay again takes the same.
 */
public final class ReplayRejected
    extends PTransform<PCollection<RejectedRecord>, PCollectionTuple> {
  /** Rules whose payload is not all that was delivered, or nothing. */
  private static final ImmutableSet<String> INCOMPLETE =
      ImmutableSet.of(
          RejectionRule.EMPTY_FILE.id(),
          RejectionRule.BROKEN_CSV.id(),
          RejectionRule.TRUNCATED_FILE.id(),
          RejectionRule.UNSUPPORTED_ENCODING.id(),
          RejectionRule.INVALID_UTF8.id(),
          RejectionRule.RECORD_TOO_LARGE.id());

  private static final ImmutableSet<String> STEPS =
      ImmutableSet.of(ReadFiles.STEP, ParseRecords.STEP);

  private static final TupleTag<DeliveredRecord> RECORDS = new TupleTag<>("records") {};
  private static final TupleTag<RejectedRecord> MARKED = new TupleTag<>("marked") {};

  private final String rejectedBy;
  private final RejectingRun run;
  private final @Nullable LocalDate extractedOn;
  private final boolean ofSources;

  private ReplayRejected(
      String rejectedBy, RejectingRun run, @Nullable LocalDate extractedOn, boolean ofSources) {
    this.rejectedBy = rejectedBy;
    this.run = run;
    this.extractedOn = extractedOn;
    this.ofSources = ofSources;
  }

  /**
   * @param rejectedBy the run whose rejections are taken
   * @param run the run that replays them
   */
  public static ReplayRejected of(String rejectedBy, RejectingRun run) {
    return new ReplayRejected(rejectedBy, run, null, false);
  }

  /** The day of plain objects' state where the first run was told none. Default: none either. */
  public ReplayRejected withExtractedOn(@Nullable LocalDate day) {
    return new ReplayRejected(rejectedBy, run, day, ofSources);
  }

  /** Takes rows of exports of other sources than Stripe. Default: all that is no such row. */
  public ReplayRejected ofSources() {
    return new ReplayRejected(rejectedBy, run, extractedOn, true);
  }

  public static PCollection<DeliveredRecord> records(PCollectionTuple replayed) {
    return replayed.get(RECORDS);
  }

  public static PCollection<RejectedRecord> marked(PCollectionTuple replayed) {
    return replayed.get(MARKED);
  }

  @Override
  public PCollectionTuple expand(PCollection<RejectedRecord> rejected) {
    PCollectionTuple replayed =
        rejected.apply(
            "Select",
            ParDo.of(new SelectFn(rejectedBy, run, extractedOn, ofSources))
                .withOutputTags(RECORDS, TupleTagList.of(MARKED)));
    replayed.get(RECORDS).setCoder(RowCoder.of(DeliveredRecord.class));
    replayed.get(MARKED).setCoder(Tables.REJECTED_RECORDS.coder());
    return replayed;
  }

  private static final class SelectFn extends DoFn<RejectedRecord, DeliveredRecord> {
    private final String rejectedBy;
    private final RejectingRun run;
    private final @Nullable LocalDate extractedOn;
    private final boolean ofSources;

    SelectFn(
        String rejectedBy, RejectingRun run, @Nullable LocalDate extractedOn, boolean ofSources) {
      this.rejectedBy = rejectedBy;
      this.run = run;
      this.extractedOn = extractedOn;
      this.ofSources = ofSources;
    }

    @ProcessElement
    public void select(@Element RejectedRecord rejected, MultiOutputReceiver out) {
      if (waits(rejected)) {
        LocalDate day = rejected.getExtractedOn() == null ? extractedOn : rejected.getExtractedOn();
        out.get(RECORDS)
            .output(
                DeliveredRecord.of(
                    rejected.getPayload(),
                    rejected.getSourceFile(),
                    rejected.getRecordNumber(),
                    day));
        out.get(MARKED).output(run.markReplayed(rejected));
      }
    }

    private static boolean isOfSource(RejectedRecord rejected) {
      return rejected.getTargetTable() != null
          && Tables.named(rejected.getTargetTable()).contract().source().isPresent();
    }

    private boolean waits(RejectedRecord rejected) {
      boolean replayedBefore =
          rejected.getReplayedBy() != null && !rejected.getReplayedBy().equals(run.runId());
      return rejected.getRunId().equals(rejectedBy)
          && !replayedBefore
          && isOfSource(rejected) == ofSources
          && (STEPS.contains(rejected.getStep())
              || rejected.getRule().equals(RejectionRule.MISSING_OWNER.id()))
          && !INCOMPLETE.contains(rejected.getRule());
    }
  }
}
