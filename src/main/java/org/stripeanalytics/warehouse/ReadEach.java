package org.stripeanalytics.warehouse;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** Reads each of several tables with a step of its own. */
final class ReadEach<E> extends PTransform<PBegin, PCollection<E>> {
  private final Warehouse warehouse;
  private final ImmutableList<MappedRead<?, E>> reads;
  private final Coder<E> coder;

  ReadEach(Warehouse warehouse, ImmutableList<MappedRead<?, E>> reads, Coder<E> coder) {
    this.warehouse = warehouse;
    this.reads = reads;
    this.coder = coder;
  }

  @Override
  public PCollection<E> expand(PBegin begin) {
    if (reads.size() == 1) {
      return read(begin, reads.get(0));
    }
    PCollectionList<E> elements = PCollectionList.empty(begin.getPipeline());
    for (MappedRead<?, E> read : reads) {
      elements = elements.and(read(begin, read));
    }
    return elements.apply("FlattenTables", Flatten.pCollections());
  }

  private <T> PCollection<E> read(PBegin begin, MappedRead<T, E> mapped) {
    String name =
        CaseFormat.LOWER_UNDERSCORE.to(
            CaseFormat.UPPER_CAMEL, mapped.read().table().contract().table());
    return begin
        .apply("Read" + name, warehouse.read(mapped.read()))
        .apply("Map" + name, ParDo.of(new MapFn<>(mapped.toElement())))
        .setCoder(coder);
  }

  private static final class MapFn<T, E> extends DoFn<T, E> {
    private final SerializableFunction<T, Optional<E>> toElement;

    MapFn(SerializableFunction<T, Optional<E>> toElement) {
      this.toElement = toElement;
    }

    @ProcessElement
    public void map(@Element T row, OutputReceiver<E> output) {
      toElement.apply(row).ifPresent(output::output);
    }
  }
}
