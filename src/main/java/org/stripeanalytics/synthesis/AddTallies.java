package org.stripeanalytics.synthesis;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.values.KV;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.synthesis.account.Tally;

/** Adds the tallies of all customers up; some thousand numbers at most, a few per day. */
final class AddTallies extends CombineFn<KV<Tally, Long>, Map<Tally, Long>, Map<Tally, Long>> {

  static Coder<KV<Tally, Long>> inputCoder() {
    return KvCoder.of(RowCoder.of(Tally.class), VarLongCoder.of());
  }

  @Override
  public Map<Tally, Long> createAccumulator() {
    return new HashMap<>();
  }

  @Override
  public Map<Tally, Long> addInput(Map<Tally, Long> sums, KV<Tally, Long> tally) {
    sums.merge(tally.getKey(), tally.getValue(), Long::sum);
    return sums;
  }

  @Override
  public Map<Tally, Long> mergeAccumulators(Iterable<Map<Tally, Long>> parts) {
    Map<Tally, Long> sums = createAccumulator();
    parts.forEach(part -> part.forEach((tally, sum) -> sums.merge(tally, sum, Long::sum)));
    return sums;
  }

  @Override
  public Map<Tally, Long> extractOutput(Map<Tally, Long> sums) {
    return sums;
  }

  @Override
  public Coder<Map<Tally, Long>> getAccumulatorCoder(
      CoderRegistry registry, Coder<KV<Tally, Long>> input) {
    return MapCoder.of(RowCoder.of(Tally.class), VarLongCoder.of());
  }

  @Override
  public Coder<Map<Tally, Long>> getDefaultOutputCoder(
      CoderRegistry registry, Coder<KV<Tally, Long>> input) {
    return getAccumulatorCoder(registry, input);
  }
}
