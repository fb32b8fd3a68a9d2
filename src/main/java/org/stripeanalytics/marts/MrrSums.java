package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.util.VarInt;

/** An integer per {@link MrrMeasure}. Immutable; addition is the only thing it can do. */
@DefaultCoder(MrrSums.MrrSumsCoder.class)
public final class MrrSums implements Serializable {
  static final MrrSums ZERO = new MrrSums(new long[MrrMeasure.values().length]);

  private final long[] values;

  private MrrSums(long[] values) {
    this.values = values;
  }

  static MrrSums of(MrrMeasure measure, long value) {
    return ZERO.with(measure, value);
  }

  long get(MrrMeasure measure) {
    return values[measure.ordinal()];
  }

  /** The same with a value added to one measure. */
  MrrSums with(MrrMeasure measure, long value) {
    long[] sums = values.clone();
    sums[measure.ordinal()] += value;
    return new MrrSums(sums);
  }

  MrrSums plus(MrrSums other) {
    long[] sums = values.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.addExact(sums[i], other.values[i]);
    }
    return new MrrSums(sums);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MrrSums sums && Arrays.equals(values, sums.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("MrrSums");
    for (MrrMeasure measure : MrrMeasure.values()) {
      if (get(measure) != 0) {
        text.append(' ').append(measure).append('=').append(get(measure));
      }
    }
    return text.toString();
  }

  /** Sums the sums of a key and window. */
  static final class SumFn extends Combine.BinaryCombineFn<MrrSums> {
    @Override
    public MrrSums apply(MrrSums left, MrrSums right) {
      return left.plus(right);
    }

    @Override
    public MrrSums identity() {
      return ZERO;
    }
  }

  /** One variable-length integer per measure: most are small or zero. */
  public static final class MrrSumsCoder extends AtomicCoder<MrrSums> {
    public static MrrSumsCoder of() {
      return new MrrSumsCoder();
    }

    @Override
    public void encode(MrrSums sums, OutputStream out) throws IOException {
      for (long value : sums.values) {
        VarInt.encode(zigZag(value), out);
      }
    }

    @Override
    public MrrSums decode(InputStream in) throws IOException {
      long[] values = new long[MrrMeasure.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = unZigZag(VarInt.decodeLong(in));
      }
      return new MrrSums(values);
    }

    private static long zigZag(long value) {
      return (value << 1) ^ (value >> 63);
    }

    private static long unZigZag(long value) {
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
