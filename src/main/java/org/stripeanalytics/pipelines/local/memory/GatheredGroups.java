package org.stripeanalytics.pipelines.local.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Values by key and window, as a GroupByKey gives them. Keys are equal where their coder says so.
 */
final class GatheredGroups<K, V> implements Gathered {
  private static final int BUCKETS_PER_THREAD = 16;

  private final Coder<K> keyCoder;
  private final TimestampCombiner timestamps;
  private final List<Map<GroupKey, Group<K, V>>> buckets;

  private record GroupKey(Object key, BoundedWindow window) {}

  private GatheredGroups(Coder<K> keyCoder, TimestampCombiner timestamps, int buckets) {
    this.keyCoder = keyCoder;
    this.timestamps = timestamps;
    this.buckets =
        Stream.<Map<GroupKey, Group<K, V>>>generate(LinkedHashMap::new).limit(buckets).toList();
  }

  /**
   * @param step a GroupByKey
   */
  @SuppressWarnings("unchecked")
  static <K, V> GatheredGroups<K, V> of(Step step, int threads) {
    WindowingStrategy<?, ?> windowing = step.input().getWindowingStrategy();
    Trigger trigger = windowing.getTrigger();
    boolean firesAtTheEnd =
        trigger instanceof DefaultTrigger || trigger instanceof Never.NeverTrigger;
    if (!windowing.getWindowFn().isNonMerging() || !firesAtTheEnd) {
      throw new UnsupportedOperationException(
          step.name()
              + " groups windows that merge or fire early, which only other runners can do");
    }
    return new GatheredGroups<>(
        ((KvCoder<K, V>) step.input().getCoder()).getKeyCoder(),
        windowing.getTimestampCombiner(),
        BUCKETS_PER_THREAD * threads);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void receive(WindowedValue<?> element) {
    KV<K, V> value = (KV<K, V>) element.getValue();
    Object key = keyCoder.structuralValue(value.getKey());
    Map<GroupKey, Group<K, V>> bucket = buckets.get(bucketOf(key));
    for (BoundedWindow window : element.getWindows()) {
      Instant timestamp = timestamps.assign(window, element.getTimestamp());
      synchronized (bucket) {
        bucket
            .computeIfAbsent(new GroupKey(key, window), first -> new Group<>(value.getKey()))
            .add(value.getValue(), timestamp, timestamps);
      }
    }
  }

  /** Hashes of similar keys differ in their last bits alone. */
  private int bucketOf(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return Math.floorMod(hash >>> 16, buckets.size());
  }

  @Override
  public List<Part> parts() {
    return buckets.stream()
        .filter(bucket -> !bucket.isEmpty())
        .<Part>map(bucket -> receiver -> send(bucket, receiver))
        .toList();
  }

  /** Lets go of each group that has been sent. */
  private static <K, V> void send(Map<GroupKey, Group<K, V>> bucket, Receiver receiver) {
    Iterator<Map.Entry<GroupKey, Group<K, V>>> groups;
    synchronized (bucket) {
      groups = bucket.entrySet().iterator();
    }
    while (groups.hasNext()) {
      Map.Entry<GroupKey, Group<K, V>> group = groups.next();
      groups.remove();
      receiver.receive(group.getValue().in(group.getKey().window()));
    }
  }

  private static final class Group<K, V> {
    private final K key;
    private final List<V> values = new ArrayList<>(2);
    private Instant timestamp;

    Group(K key) {
      this.key = key;
    }

    void add(V value, Instant time, TimestampCombiner timestamps) {
      values.add(value);
      timestamp = timestamp == null ? time : timestamps.combine(Arrays.asList(timestamp, time));
    }

    WindowedValue<KV<K, Iterable<V>>> in(BoundedWindow window) {
      return WindowedValues.of(
          KV.of(key, values), timestamp, window, PaneInfo.ON_TIME_AND_ONLY_FIRING);
    }
  }
}
