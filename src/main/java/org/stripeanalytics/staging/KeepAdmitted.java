package org.stripeanalytics.staging;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Keeps the rows whose key a filter admits: all that a grouping by that key needs, and few others.
 * Goes before the shuffle. Keeps windows and timestamps.
 */
public final class KeepAdmitted<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final SerializableFunction<T, String> key;
  private final PCollectionView<KeyFilter> filter;

  private KeepAdmitted(SerializableFunction<T, String> key, PCollectionView<KeyFilter> filter) {
    this.key = key;
    this.filter = filter;
  }

  public static <T> KeepAdmitted<T> by(
      SerializableFunction<T, String> key, PCollectionView<KeyFilter> filter) {
    return new KeepAdmitted<>(key, filter);
  }

  @Override
  public PCollection<T> expand(PCollection<T> rows) {
    return rows.apply("Keep", ParDo.of(new KeepFn<>(key, filter)).withSideInputs(filter))
        .setCoder(rows.getCoder());
  }

  private static final class KeepFn<T> extends DoFn<T, T> {
    private final SerializableFunction<T, String> key;
    private final PCollectionView<KeyFilter> filter;

    KeepFn(SerializableFunction<T, String> key, PCollectionView<KeyFilter> filter) {
      this.key = key;
      this.filter = filter;
    }

    @ProcessElement
    public void keep(ProcessContext context) {
      T row = context.element();
      if (context.sideInput(filter).admits(key.apply(row))) {
        context.output(row);
      }
    }
  }
}
