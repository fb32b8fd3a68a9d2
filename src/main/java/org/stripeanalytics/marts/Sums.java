package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.util.VarInt;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An integer per measure of a mart, and counts by name where a mart breaks one down. Immutable;
 * addition is the only thing it can do.
 *
 * @param <M> the measures
 */
public final class Sums<M extends Enum<M>> implements Serializable {
  private static final Sums<?> NONE = new Sums<>(new long[0], new TreeMap<>());

  /** By ordinal; what is missing at the end is 0, so that equal sums have equal arrays. */
  private final long[] values;

  private final TreeMap<String, Long> counts;

  private Sums(long[] values, TreeMap<String, Long> counts) {
    this.values = values;
    this.counts = counts;
  }

  /** All zero. */
  @SuppressWarnings("unchecked")
  static <M extends Enum<M>> Sums<M> none() {
    return (Sums<M>) NONE;
  }

  static <M extends Enum<M>> Sums<M> of(M measure, long value) {
    return Sums.<M>none().with(measure, value);
  }

  long get(M measure) {
    return measure.ordinal() < values.length ? values[measure.ordinal()] : 0;
  }

  /** By name, in the order of the names. */
  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** The same with a value added to one measure. */
  Sums<M> with(M measure, long value) {
    if (value == 0) {
      return this;
    }
    long[] sums = Arrays.copyOf(values, Math.max(values.length, measure.ordinal() + 1));
    sums[measure.ordinal()] = Math.addExact(sums[measure.ordinal()], value);
    return new Sums<>(trimmed(sums), counts);
  }

  /** The same with one more of a name. */
  Sums<M> counting(String name) {
    TreeMap<String, Long> more = new TreeMap<>(counts);
    more.merge(name, 1L, Long::sum);
    return new Sums<>(values, more);
  }

  Sums<M> plus(Sums<M> other) {
    long[] longer = values.length >= other.values.length ? values : other.values;
    long[] shorter = longer == values ? other.values : values;
    long[] sums = longer.clone();
    for (int i = 0; i < shorter.length; i++) {
      sums[i] = Math.addExact(sums[i], shorter[i]);
    }
    return new Sums<>(trimmed(sums), plus(counts, other.counts));
  }

  /** What takes it away again when it is added. */
  Sums<M> negated() {
    long[] negative = values.clone();
    Arrays.setAll(negative, i -> Math.negateExact(negative[i]));
    TreeMap<String, Long> fewer = new TreeMap<>();
    counts.forEach((name, count) -> fewer.put(name, -count));
    return new Sums<>(negative, fewer);
  }

  private static TreeMap<String, Long> plus(TreeMap<String, Long> a, TreeMap<String, Long> b) {
    if (b.isEmpty()) {
      return a;
    }
    TreeMap<String, Long> sums = new TreeMap<>(a);
    b.forEach((name, count) -> sums.merge(name, count, Sums::sumOrNone));
    return sums;
  }

  /** A name that none are left of is as one that was never counted. */
  private static @Nullable Long sumOrNone(long one, long other) {
    long sum = Math.addExact(one, other);
    return sum == 0 ? null : sum;
  }

  private static long[] trimmed(long[] sums) {
    int length = sums.length;
    while (length > 0 && sums[length - 1] == 0) {
      length--;
    }
    return length == sums.length ? sums : Arrays.copyOf(sums, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sums<?> sums
        && Arrays.equals(values, sums.values)
        && counts.equals(sums.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + counts.hashCode();
  }

  @Override
  public String toString() {
    return Arrays.toString(values) + counts;
  }

  /** Sums the sums of a key and window. */
  static final class SumFn<M extends Enum<M>> extends Combine.BinaryCombineFn<Sums<M>> {
    @Override
    public Sums<M> apply(Sums<M> left, Sums<M> right) {
      return left.plus(right);
    }

    @Override
    public Sums<M> identity() {
      return none();
    }
  }

  static <M extends Enum<M>> SumsCoder<M> coder() {
    return new SumsCoder<>();
  }

  /** Variable-length integers: most are small or zero. */
  static final class SumsCoder<M extends Enum<M>> extends CustomCoder<Sums<M>> {
    @Override
    public void encode(Sums<M> sums, OutputStream out) throws IOException {
      VarInt.encode(sums.values.length, out);
      for (long value : sums.values) {
        VarInt.encode(zigZag(value), out);
      }
      VarInt.encode(sums.counts.size(), out);
      for (var count : sums.counts.entrySet()) {
        StringUtf8Coder.of().encode(count.getKey(), out);
        VarInt.encode(count.getValue(), out);
      }
    }

    @Override
    public Sums<M> decode(InputStream in) throws IOException {
      long[] values = new long[VarInt.decodeInt(in)];
      for (int i = 0; i < values.length; i++) {
        values[i] = unZigZag(VarInt.decodeLong(in));
      }
      TreeMap<String, Long> counts = new TreeMap<>();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        counts.put(StringUtf8Coder.of().decode(in), VarInt.decodeLong(in));
      }
      return new Sums<>(values, counts);
    }

    @Override
    public void verifyDeterministic() {
      // Equal sums are written alike: arrays are trimmed, counts sorted.
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof SumsCoder<?>;
    }

    @Override
    public int hashCode() {
      return SumsCoder.class.hashCode();
    }

    private static long zigZag(long value) {
      return (value << 1) ^ (value >> 63);
    }

    private static long unZigZag(long value) {
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
