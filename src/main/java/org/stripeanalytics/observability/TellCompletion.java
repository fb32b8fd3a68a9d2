package org.stripeanalytics.observability;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.stripeanalytics.warehouse.PublishedTable;

/**
 * Sends the lineage event of a run that has ended well, with the rows of each table, once its
 * success is on record. A bundle that is tried again sends it again, under the same run.
 */
final class TellCompletion extends PTransform<PCollection<PublishedTable>, PDone> {
  private final LineageRun run;
  private final Clock clock;
  private final PCollection<?> recorded;

  private TellCompletion(LineageRun run, Clock clock, PCollection<?> recorded) {
    this.run = run;
    this.clock = clock;
    this.recorded = recorded;
  }

  /**
   * @param recorded complete when the run is in the run log
   */
  static TellCompletion of(LineageRun run, Clock clock, PCollection<?> recorded) {
    return new TellCompletion(run, clock, recorded);
  }

  @Override
  public PDone expand(PCollection<PublishedTable> published) {
    published
        .apply("WaitUntilRecorded", Wait.on(recorded))
        .apply("Together", WithKeys.of(""))
        .apply("List", GroupByKey.create())
        .apply("Tell", ParDo.of(new TellFn(run, clock)));
    return PDone.in(published.getPipeline());
  }

  private static final class TellFn extends DoFn<KV<String, Iterable<PublishedTable>>, Void> {
    private final LineageRun run;
    private final Clock clock;

    TellFn(LineageRun run, Clock clock) {
      this.run = run;
      this.clock = clock;
    }

    @ProcessElement
    public void tell(@Element KV<String, Iterable<PublishedTable>> tables) {
      Map<String, Long> rows = new HashMap<>();
      tables.getValue().forEach(table -> rows.put(table.getTable(), table.getRows()));
      run.tellCompletion(clock.instant(), rows);
    }
  }
}
