package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.construction.PTransformReplacements;
import org.apache.beam.sdk.util.construction.SingleInputOutputOverrideFactory;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * A grouping by key that shuffles a few buckets of keys, for a runner on which each key costs a
 * bundle of every later step and that keeps everything in memory anyway. In every window it gives
 * what {@link GroupByKey} does, but that a group has the timestamp of its bucket: with the earliest
 * of its elements asked for, it may be earlier than any of the group's own.
 */
final class GroupInBuckets<K, V>
    extends PTransform<PCollection<KV<K, V>>, PCollection<KV<K, Iterable<V>>>> {
  private static final String BY_BUCKET = "GroupByBucket";

  private final int buckets;

  private GroupInBuckets(int buckets) {
    this.buckets = buckets;
  }

  /** Rewrites every grouping and every combination by key of a pipeline; those of one key stay. */
  static ImmutableList<PTransformOverride> insteadOfKeys(int buckets) {
    return ImmutableList.of(
        PTransformOverride.of(GroupInBuckets::isCombination, new CombineOverride<>()),
        PTransformOverride.of(GroupInBuckets::isGrouping, new GroupOverride<>(buckets)));
  }

  private static boolean isGrouping(AppliedPTransform<?, ?, ?> step) {
    return step.getTransform().getClass() == GroupByKey.class
        && !step.getFullName().endsWith("/" + BY_BUCKET)
        && hasKeys(step);
  }

  private static boolean isCombination(AppliedPTransform<?, ?, ?> step) {
    return step.getTransform() instanceof Combine.PerKey<?, ?, ?> combine
        && combine.getSideInputs().isEmpty()
        && hasKeys(step);
  }

  private static boolean hasKeys(AppliedPTransform<?, ?, ?> step) {
    PCollection<?> input = (PCollection<?>) step.getMainInputs().values().iterator().next();
    return !(((KvCoder<?, ?>) input.getCoder()).getKeyCoder() instanceof VoidCoder);
  }

  @Override
  public PCollection<KV<K, Iterable<V>>> expand(PCollection<KV<K, V>> values) {
    KvCoder<K, V> coder = (KvCoder<K, V>) values.getCoder();
    Coder<K> key = coder.getKeyCoder();
    return values
        .apply("ToBucket", ParDo.of(new ToBucketFn<K, V>(key, buckets)))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply(BY_BUCKET, GroupByKey.create())
        .apply("SplitBucket", ParDo.of(new SplitBucketFn<K, V>(key)))
        .setCoder(KvCoder.of(key, IterableCoder.of(coder.getValueCoder())));
  }

  private static final class ToBucketFn<K, V> extends DoFn<KV<K, V>, KV<Integer, KV<K, V>>> {
    private final Coder<K> coder;
    private final int buckets;

    ToBucketFn(Coder<K> coder, int buckets) {
      this.coder = coder;
      this.buckets = buckets;
    }

    @ProcessElement
    public void choose(@Element KV<K, V> value, OutputReceiver<KV<Integer, KV<K, V>>> output) {
      int hash = coder.structuralValue(value.getKey()).hashCode();
      output.output(KV.of(Math.floorMod(hash, buckets), value));
    }
  }

  private static final class SplitBucketFn<K, V>
      extends DoFn<KV<Integer, Iterable<KV<K, V>>>, KV<K, Iterable<V>>> {
    private final Coder<K> coder;

    SplitBucketFn(Coder<K> coder) {
      this.coder = coder;
    }

    @ProcessElement
    public void split(
        @Element KV<Integer, Iterable<KV<K, V>>> bucket,
        OutputReceiver<KV<K, Iterable<V>>> output) {
      Map<Object, KV<K, List<V>>> groups = new LinkedHashMap<>();
      for (KV<K, V> value : bucket.getValue()) {
        groups
            .computeIfAbsent(
                coder.structuralValue(value.getKey()),
                first -> KV.of(value.getKey(), new ArrayList<>()))
            .getValue()
            .add(value.getValue());
      }
      groups.values().forEach(group -> output.output(KV.of(group.getKey(), group.getValue())));
    }
  }

  private static final class GroupOverride<K, V>
      extends SingleInputOutputOverrideFactory<
          PCollection<KV<K, V>>, PCollection<KV<K, Iterable<V>>>, GroupByKey<K, V>> {
    private final int buckets;

    GroupOverride(int buckets) {
      this.buckets = buckets;
    }

    @Override
    public PTransformReplacement<PCollection<KV<K, V>>, PCollection<KV<K, Iterable<V>>>>
        getReplacementTransform(
            AppliedPTransform<
                    PCollection<KV<K, V>>, PCollection<KV<K, Iterable<V>>>, GroupByKey<K, V>>
                step) {
      return PTransformReplacement.of(
          PTransformReplacements.getSingletonMainInput(step), new GroupInBuckets<>(buckets));
    }
  }

  private static final class CombineOverride<K, V, W>
      extends SingleInputOutputOverrideFactory<
          PCollection<KV<K, V>>, PCollection<KV<K, W>>, Combine.PerKey<K, V, W>> {
    @Override
    public PTransformReplacement<PCollection<KV<K, V>>, PCollection<KV<K, W>>>
        getReplacementTransform(
            AppliedPTransform<PCollection<KV<K, V>>, PCollection<KV<K, W>>, Combine.PerKey<K, V, W>>
                step) {
      return PTransformReplacement.of(
          PTransformReplacements.getSingletonMainInput(step),
          new CombineGrouped<>(step.getTransform()));
    }
  }

  /** Without the combination before the shuffle: here nothing is sent anywhere. */
  private static final class CombineGrouped<K, V, W>
      extends PTransform<PCollection<KV<K, V>>, PCollection<KV<K, W>>> {
    private final Combine.PerKey<K, V, W> combine;

    CombineGrouped(Combine.PerKey<K, V, W> combine) {
      this.combine = combine;
    }

    @Override
    @SuppressWarnings("unchecked")
    public PCollection<KV<K, W>> expand(PCollection<KV<K, V>> values) {
      return values
          .apply("Group", GroupByKey.create())
          .apply(
              "CombineValues",
              Combine.<K, V, W>groupedValues((GlobalCombineFn<V, ?, W>) combine.getFn()));
    }
  }
}
