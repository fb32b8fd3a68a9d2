package org.stripeanalytics.quality;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.warehouse.PublishedTable;

/**
 * Fails a run that has rejected any row, behind its publication: for rows that are computed, where
 * a broken rule is a mistake in the computation. The output is what came in.
 */
public final class AllowNoRejection
    extends PTransform<PCollection<PublishedTable>, PCollection<PublishedTable>> {
  private final String runId;

  private AllowNoRejection(String runId) {
    this.runId = runId;
  }

  public static AllowNoRejection of(String runId) {
    return new AllowNoRejection(runId);
  }

  @Override
  public PCollection<PublishedTable> expand(PCollection<PublishedTable> published) {
    return published.apply("CheckRejected", ParDo.of(new CheckFn(runId)));
  }

  private static final class CheckFn extends DoFn<PublishedTable, PublishedTable> {
    private final String runId;

    CheckFn(String runId) {
      this.runId = runId;
    }

    @ProcessElement
    public void check(@Element PublishedTable table, OutputReceiver<PublishedTable> output) {
      if (table.getTable().equals(Tables.REJECTED_RECORDS.name()) && table.getRows() > 0) {
        throw new RunFailedException(
            "%d computed rows break the rules of their tables; the others are published, and"
                    .formatted(table.getRows())
                + " ops.rejected_records lists these under run_id "
                + runId);
      }
      output.output(table);
    }
  }
}
