package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Counts customers who were alike at the end of a month, and what came of them, and brings the
 * counts together: they are integers, so that no order of adding them changes a model. Those who
 * had announced that they leave are not counted. Bounded, in the global window; empty input gives
 * empty output.
 *
 * <p>Patterns are counted in parts, by their hash, and the parts come together under one key:
 * models are fitted by one worker, which holds all counts. There are at most as many as paying
 * customers times months.
 */
final class CountOutcomes
    extends PTransform<
        PCollection<ObservedMonth>,
        PCollection<KV<String, Iterable<List<KV<List<String>, OutcomeCounts>>>>>> {
  /** More than workers have cores; each is read whole at the end. */
  private static final int PARTS = 64;

  static CountOutcomes create() {
    return new CountOutcomes();
  }

  @Override
  public PCollection<KV<String, Iterable<List<KV<List<String>, OutcomeCounts>>>>> expand(
      PCollection<ObservedMonth> months) {
    KvCoder<List<String>, OutcomeCounts> count =
        KvCoder.of(ListCoder.of(StringUtf8Coder.of()), RowCoder.of(OutcomeCounts.class));
    return months
        .apply("CountOne", ParDo.of(new CountFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), count))
        .apply("GroupParts", GroupByKey.create())
        .apply("SumByPattern", ParDo.of(new SumFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ListCoder.of(count)))
        .apply("GatherParts", GroupByKey.create());
  }

  /** All counts of an account, in any order. */
  static List<CountedMonth> counted(Iterable<List<KV<List<String>, OutcomeCounts>>> parts) {
    Interner<Object> known = Interners.newStrongInterner();
    List<CountedMonth> counted = new ArrayList<>();
    for (List<KV<List<String>, OutcomeCounts>> part : parts) {
      for (KV<List<String>, OutcomeCounts> sum : part) {
        List<String> key = sum.getKey();
        ImmutableList.Builder<String> pattern = ImmutableList.builderWithExpectedSize(key.size());
        key.subList(1, key.size()).forEach(value -> pattern.add((String) known.intern(value)));
        counted.add(
            new CountedMonth(
                (LocalDate) known.intern(LocalDate.parse(key.get(0))),
                pattern.build(),
                (OutcomeCounts) known.intern(sum.getValue())));
      }
    }
    return counted;
  }

  /** The month, then the pattern: what customers are counted by. */
  static KV<List<String>, OutcomeCounts> one(ObservedMonth month) {
    return KV.of(
        ImmutableList.<String>builder()
            .add(month.getFeatures().getMonth().toString())
            .addAll(RiskFeature.pattern(month.getFeatures()))
            .build(),
        OutcomeCounts.builder()
            .setKnown1m(is(month.getOutcome1m() != null))
            .setVoluntary1m(is(Outcome.VOLUNTARY.equals(month.getOutcome1m())))
            .setInvoluntary1m(is(Outcome.INVOLUNTARY.equals(month.getOutcome1m())))
            .setKnown3m(is(month.getOutcome3m() != null))
            .setVoluntary3m(is(Outcome.VOLUNTARY.equals(month.getOutcome3m())))
            .setInvoluntary3m(is(Outcome.INVOLUNTARY.equals(month.getOutcome3m())))
            .setDecided1m(is(month.getDecided1m()))
            .setFailed1m(is(month.getFailed1m()))
            .build());
  }

  static OutcomeCounts plus(OutcomeCounts a, OutcomeCounts b) {
    return OutcomeCounts.builder()
        .setKnown1m(a.getKnown1m() + b.getKnown1m())
        .setVoluntary1m(a.getVoluntary1m() + b.getVoluntary1m())
        .setInvoluntary1m(a.getInvoluntary1m() + b.getInvoluntary1m())
        .setKnown3m(a.getKnown3m() + b.getKnown3m())
        .setVoluntary3m(a.getVoluntary3m() + b.getVoluntary3m())
        .setInvoluntary3m(a.getInvoluntary3m() + b.getInvoluntary3m())
        .setDecided1m(a.getDecided1m() + b.getDecided1m())
        .setFailed1m(a.getFailed1m() + b.getFailed1m())
        .build();
  }

  private static long is(boolean condition) {
    return condition ? 1 : 0;
  }

  private static final class CountFn
      extends DoFn<ObservedMonth, KV<Integer, KV<List<String>, OutcomeCounts>>> {
    @ProcessElement
    public void count(
        @Element ObservedMonth month,
        OutputReceiver<KV<Integer, KV<List<String>, OutcomeCounts>>> output) {
      if (!month.getFeatures().getIsAnnounced()) {
        KV<List<String>, OutcomeCounts> one = one(month);
        output.output(KV.of(Math.floorMod(one.getKey().hashCode(), PARTS), one));
      }
    }
  }

  private static final class SumFn
      extends DoFn<
          KV<Integer, Iterable<KV<List<String>, OutcomeCounts>>>,
          KV<String, List<KV<List<String>, OutcomeCounts>>>> {
    @ProcessElement
    public void sum(
        @Element KV<Integer, Iterable<KV<List<String>, OutcomeCounts>>> part,
        OutputReceiver<KV<String, List<KV<List<String>, OutcomeCounts>>>> output) {
      Map<List<String>, OutcomeCounts> sums = new HashMap<>();
      for (KV<List<String>, OutcomeCounts> one : part.getValue()) {
        sums.merge(one.getKey(), one.getValue(), CountOutcomes::plus);
      }
      output.output(
          KV.of(
              "account",
              sums.entrySet().stream().map(sum -> KV.of(sum.getKey(), sum.getValue())).toList()));
    }
  }

  private CountOutcomes() {}
}
