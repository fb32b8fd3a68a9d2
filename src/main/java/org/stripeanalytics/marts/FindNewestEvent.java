package org.stripeanalytics.marts;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.warehouse.Warehouse;

/** How far the events of the warehouse reach: one element, in the global window. */
public final class FindNewestEvent extends PTransform<PBegin, PCollection<AccountFact>> {
  private final NewestEvent newestEvent;

  private FindNewestEvent(NewestEvent newestEvent) {
    this.newestEvent = newestEvent;
  }

  public static FindNewestEvent of(NewestEvent newestEvent) {
    return new FindNewestEvent(newestEvent);
  }

  @Override
  public PCollection<AccountFact> expand(PBegin pipeline) {
    return pipeline
        .apply("Begin", Impulse.create())
        .apply("AskWarehouse", ParDo.of(new AskFn(newestEvent)));
  }

  private static final class AskFn extends DoFn<byte[], AccountFact> {
    private final NewestEvent newestEvent;

    AskFn(NewestEvent newestEvent) {
      this.newestEvent = newestEvent;
    }

    @ProcessElement
    public void ask(OutputReceiver<AccountFact> output) {
      try (Warehouse.Hold unused = newestEvent.warehouse().holdOpen()) {
        output.output(AccountFact.of(newestEvent.find()));
      }
    }
  }
}
