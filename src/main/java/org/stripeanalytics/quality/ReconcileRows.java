package org.stripeanalytics.quality;

import static com.google.common.base.Preconditions.checkArgument;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Fails a run whose rows do not add up, or of which too many were rejected. Its input are all
 * tallies of the run, those of its publication among them: so it waits for the publication, inside
 * the graph, and what it fails is safe in the warehouse. Bounded input in the global window; the
 * output is the number of rows that came in.
 */
public final class ReconcileRows extends PTransform<PCollection<RowTally>, PCollection<Long>> {
  private final String runId;
  private final double maxRejectedFraction;
  private final @Nullable String refusalWithoutRows;

  private ReconcileRows(
      String runId, double maxRejectedFraction, @Nullable String refusalWithoutRows) {
    this.runId = runId;
    this.maxRejectedFraction = maxRejectedFraction;
    this.refusalWithoutRows = refusalWithoutRows;
  }

  /** Lets a run reject all its rows, as long as they add up. */
  public static ReconcileRows of(String runId) {
    return new ReconcileRows(runId, 1, null);
  }

  /** The part of its rows, from 0 to 1, above which the run fails. Default: 1, so it does not. */
  public ReconcileRows withMaxRejectedFraction(double fraction) {
    checkArgument(fraction >= 0 && fraction <= 1, "fraction %s is not from 0 to 1", fraction);
    return new ReconcileRows(runId, fraction, refusalWithoutRows);
  }

  /** Fails a run into which no row came, with this sentence. Default: it does not fail. */
  public ReconcileRows failingWithoutRows(String sentence) {
    return new ReconcileRows(runId, maxRejectedFraction, sentence);
  }

  @Override
  public PCollection<Long> expand(PCollection<RowTally> tallies) {
    return tallies
        .apply("ToOneKey", WithKeys.of(runId))
        .apply("CollectTallies", GroupByKey.create())
        .apply(
            "CheckBalance", ParDo.of(new CheckFn(runId, maxRejectedFraction, refusalWithoutRows)));
  }

  private static final class CheckFn extends DoFn<KV<String, Iterable<RowTally>>, Long> {
    private final String runId;
    private final double maxRejectedFraction;
    private final @Nullable String refusalWithoutRows;

    CheckFn(String runId, double maxRejectedFraction, @Nullable String refusalWithoutRows) {
      this.runId = runId;
      this.maxRejectedFraction = maxRejectedFraction;
      this.refusalWithoutRows = refusalWithoutRows;
    }

    @ProcessElement
    public void check(
        @Element KV<String, Iterable<RowTally>> tallies, OutputReceiver<Long> output) {
      RunBalance balance = RunBalance.of(tallies.getValue());
      balance.checkNothingIsLost();
      long in = balance.rows(RowTally.Way.IN);
      if (in == 0 && refusalWithoutRows != null) {
        throw new RunFailedException(refusalWithoutRows);
      }
      balance.checkRejectedFraction(maxRejectedFraction, runId);
      output.output(in);
    }
  }
}
