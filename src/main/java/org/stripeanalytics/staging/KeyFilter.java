package org.stripeanalytics.staging;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Which keys there are, in less than a megabyte however many there are: a Bloom filter. It never
 * denies a key that is there and admits few that are not, so that of a large table only the rows
 * which may meet one of the keys need cross the shuffle in which they would. Beyond a million keys
 * it admits more and more, and all is as if there were no filter.
 */
public final class KeyFilter implements Serializable {
  private static final int KEYS = 1_000_000;
  private static final double WRONGLY_ADMITTED = 0.03;

  private final BloomFilter<CharSequence> keys =
      BloomFilter.create(Funnels.unencodedCharsFunnel(), KEYS, WRONGLY_ADMITTED);

  private KeyFilter() {}

  /**
   * Of bounded keys in the global window.
   *
   * @param name of the step that collects them
   */
  public static PCollectionView<KeyFilter> of(String name, PCollection<String> keys) {
    return keys.apply(name, Combine.globally(new CollectFn()).asSingletonView());
  }

  /** False where the key is certainly not among them. */
  public boolean admits(String key) {
    return keys.mightContain(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyFilter filter && keys.equals(filter.keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }

  private static final class CollectFn extends Combine.CombineFn<String, KeyFilter, KeyFilter> {
    @Override
    public KeyFilter createAccumulator() {
      return new KeyFilter();
    }

    @Override
    public KeyFilter addInput(KeyFilter filter, String key) {
      filter.keys.put(key);
      return filter;
    }

    @Override
    public KeyFilter mergeAccumulators(Iterable<KeyFilter> filters) {
      KeyFilter all = new KeyFilter();
      filters.forEach(filter -> all.keys.putAll(filter.keys));
      return all;
    }

    @Override
    public KeyFilter extractOutput(KeyFilter filter) {
      return filter;
    }
  }
}
