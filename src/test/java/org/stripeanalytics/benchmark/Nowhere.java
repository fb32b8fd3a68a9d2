package org.stripeanalytics.benchmark;

import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.PublishedTable;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;
import org.stripeanalytics.warehouse.StagedRows;

/** A publication that puts generated rows into a sink of this process, and publishes nothing. */
final class Nowhere extends Publication {
  /**
   * Where the rows go; the engine makes copies of it, so it keeps what it gets in a static place.
   */
  interface Sink extends RowSink, Serializable {}

  private final Sink sink;

  private Nowhere(Sink sink) {
    this.sink = sink;
  }

  static Nowhere into(Sink sink) {
    return new Nowhere(sink);
  }

  @Override
  public Optional<DataInterval> interval() {
    return Optional.empty();
  }

  @Override
  protected <T> PTransform<PCollection<T>, PCollection<StagedRows>> stage(WarehouseTable<T> table) {
    throw new UnsupportedOperationException("only generated rows have somewhere to go");
  }

  @Override
  protected <E, X> PCollection<X> stageAll(
      PCollection<E> elements,
      ImmutableSet<WarehouseTable<?>> tables,
      RowGenerator<E, X> generator,
      Coder<X> asideCoder) {
    return elements
        .apply("GenerateToNowhere", ParDo.of(new GenerateFn<>(generator, sink)))
        .setCoder(asideCoder);
  }

  @Override
  public PCollection<PublishedTable> expand(PBegin pipeline) {
    return pipeline.apply("PublishNothing", Create.empty(RowCoder.of(PublishedTable.class)));
  }

  private static final class GenerateFn<E, X> extends DoFn<E, X> {
    private final RowGenerator<E, X> generator;
    private final Sink sink;

    GenerateFn(RowGenerator<E, X> generator, Sink sink) {
      this.generator = generator;
      this.sink = sink;
    }

    @Setup
    public void setup() {
      generator.prepare();
    }

    @ProcessElement
    public void processElement(@Element E element, OutputReceiver<X> aside) {
      generator.generate(element, sink, aside::output);
    }
  }
}
