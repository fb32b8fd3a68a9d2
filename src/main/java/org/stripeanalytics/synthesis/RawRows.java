package org.stripeanalytics.synthesis;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** A collection of rows for every raw table. */
public final class RawRows implements POutput {
  private final Pipeline pipeline;
  private final ImmutableMap<WarehouseTable<?>, PCollection<?>> rows;

  private RawRows(Pipeline pipeline, ImmutableMap<WarehouseTable<?>, PCollection<?>> rows) {
    this.pipeline = pipeline;
    this.rows = rows;
  }

  static Builder in(Pipeline pipeline) {
    return new Builder(pipeline);
  }

  /** The raw tables, in the order of the contracts. */
  public static Iterable<WarehouseTable<?>> tables() {
    return Tables.all().stream().filter(table -> table.contract().layer() == Layer.RAW).toList();
  }

  /** The rows of one raw table; empty where the source has none of the kind. */
  @SuppressWarnings("unchecked")
  public <T> PCollection<T> get(WarehouseTable<T> table) {
    PCollection<?> found = rows.get(table);
    checkArgument(found != null, "%s is no raw table", table);
    return (PCollection<T>) found;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    Map<TupleTag<?>, PValue> values = new HashMap<>();
    rows.forEach((table, collection) -> values.put(new TupleTag<>(table.name()), collection));
    return values;
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    rows.values()
        .forEach(collection -> collection.finishSpecifyingOutput(transformName, input, transform));
  }

  static final class Builder {
    private final Pipeline pipeline;
    private final ImmutableMap.Builder<WarehouseTable<?>, PCollection<?>> rows =
        ImmutableMap.builder();

    private Builder(Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    <T> Builder with(WarehouseTable<T> table, PCollection<T> collection) {
      rows.put(table, collection);
      return this;
    }

    RawRows build() {
      return new RawRows(pipeline, rows.buildOrThrow());
    }
  }
}
