package org.stripeanalytics.warehouse;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;

/**
 * Loads tables and then publishes them all in one transaction. Apply {@link #load} to each
 * collection of rows and, last, the publication itself to the pipeline:
 *
 * <pre>{@code
 * movements.apply("LoadMrrMovements", publication.load(Tables.FCT_MRR_MOVEMENTS));
 * pipeline.apply("Publish", publication);
 * }</pre>
 *
 * Per table the transaction deletes what the run owns ({@link
 * org.stripeanalytics.contract.Ownership}) and inserts what was loaded, so running an interval
 * twice gives the same tables and an empty interval empties itself. The output has one element per
 * loaded table.
 */
public abstract class Publication extends PTransform<PBegin, PCollection<PublishedTable>> {
  /** Collected while the graph is built; never serialised with it. */
  private final transient List<PCollection<StagedRows>> loads = new ArrayList<>();

  /**
   * Stages a bounded collection of rows. A table may be loaded once per publication.
   *
   * @return a transform whose output says what was staged, and where
   */
  public final <T> PTransform<PCollection<T>, PCollection<StagedRows>> load(
      WarehouseTable<T> table) {
    PTransform<PCollection<T>, PCollection<StagedRows>> stage = stage(table);
    return new PTransform<>() {
      @Override
      public PCollection<StagedRows> expand(PCollection<T> rows) {
        PCollection<StagedRows> staged = rows.apply("Stage", stage);
        loads.add(staged);
        return staged;
      }
    };
  }

  protected abstract <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(
      WarehouseTable<T> table);

  protected final List<PCollection<StagedRows>> loads() {
    return loads;
  }
}
