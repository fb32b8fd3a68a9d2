package org.stripeanalytics.staging;

import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.schema.RowCodec;

/**
 * Keeps live objects, or test-mode ones. Rows that do not say which they are, such as those of
 * Stripe's discounts, are all kept.
 */
public final class KeepMode<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private final Class<T> rowClass;
  private final boolean livemode;

  private KeepMode(Class<T> rowClass, boolean livemode) {
    this.rowClass = rowClass;
    this.livemode = livemode;
  }

  public static <T> KeepMode<T> of(Class<T> rowClass, boolean livemode) {
    return new KeepMode<>(rowClass, livemode);
  }

  /** Whether a row is kept. */
  public static <T> SerializableFunction<T, Boolean> keeps(Class<T> rowClass, boolean livemode) {
    return saysMode(rowClass) ? new IsOfMode<>(rowClass, livemode) : row -> true;
  }

  @Override
  public PCollection<T> expand(PCollection<T> rows) {
    return saysMode(rowClass)
        ? rows.apply("CompareMode", Filter.by(keeps(rowClass, livemode)))
        : rows;
  }

  private static boolean saysMode(Class<?> rowClass) {
    return RowCodec.of(rowClass).schema().hasField("livemode");
  }

  private static final class IsOfMode<T> implements SerializableFunction<T, Boolean> {
    private final Class<T> rowClass;
    private final boolean livemode;
    private transient RowCodec<T> codec;

    IsOfMode(Class<T> rowClass, boolean livemode) {
      this.rowClass = rowClass;
      this.livemode = livemode;
    }

    @Override
    public Boolean apply(T row) {
      if (codec == null) {
        codec = RowCodec.of(rowClass);
      }
      Object mode = codec.get(row, codec.schema().indexOf("livemode"));
      return mode == null || mode.equals(livemode);
    }
  }
}
