package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Counts customers who were alike at the end of a month, and what came of them, and brings the
 * counts together: they are integers, so that no order of adding them changes a model. Those who
 * had announced that they leave are not counted. Bounded, in the global window; empty input gives
 * empty output. Customers who were alike in a month are one count; the fewer are alike, the more of
 * them one worker holds in the end.
 */
final class CountOutcomes
    extends PTransform<
        PCollection<ObservedMonth>,
        PCollection<KV<String, Iterable<KV<List<String>, OutcomeCounts>>>>> {
  private static final OutcomeCounts NONE =
      OutcomeCounts.builder()
          .setKnown1m(0)
          .setVoluntary1m(0)
          .setInvoluntary1m(0)
          .setKnown3m(0)
          .setVoluntary3m(0)
          .setInvoluntary3m(0)
          .build();

  static CountOutcomes create() {
    return new CountOutcomes();
  }

  @Override
  public PCollection<KV<String, Iterable<KV<List<String>, OutcomeCounts>>>> expand(
      PCollection<ObservedMonth> months) {
    KvCoder<List<String>, OutcomeCounts> counts =
        KvCoder.of(ListCoder.of(StringUtf8Coder.of()), RowCoder.of(OutcomeCounts.class));
    return months
        .apply("CountOne", ParDo.of(new CountFn()))
        .setCoder(counts)
        .apply("SumByPattern", Combine.perKey(new SumFn()))
        .setCoder(counts)
        .apply("ToOneKey", WithKeys.of("account"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), counts))
        .apply("GatherCounts", GroupByKey.create());
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
            .build());
  }

  static CountedMonth counted(KV<List<String>, OutcomeCounts> sum) {
    List<String> key = sum.getKey();
    return new CountedMonth(
        LocalDate.parse(key.get(0)),
        ImmutableList.copyOf(key.subList(1, key.size())),
        sum.getValue());
  }

  static OutcomeCounts plus(OutcomeCounts a, OutcomeCounts b) {
    return OutcomeCounts.builder()
        .setKnown1m(a.getKnown1m() + b.getKnown1m())
        .setVoluntary1m(a.getVoluntary1m() + b.getVoluntary1m())
        .setInvoluntary1m(a.getInvoluntary1m() + b.getInvoluntary1m())
        .setKnown3m(a.getKnown3m() + b.getKnown3m())
        .setVoluntary3m(a.getVoluntary3m() + b.getVoluntary3m())
        .setInvoluntary3m(a.getInvoluntary3m() + b.getInvoluntary3m())
        .build();
  }

  private static long is(boolean condition) {
    return condition ? 1 : 0;
  }

  private static final class CountFn extends DoFn<ObservedMonth, KV<List<String>, OutcomeCounts>> {
    @ProcessElement
    public void count(
        @Element ObservedMonth month, OutputReceiver<KV<List<String>, OutcomeCounts>> output) {
      if (!month.getFeatures().getIsAnnounced()) {
        output.output(one(month));
      }
    }
  }

  private static final class SumFn extends Combine.BinaryCombineFn<OutcomeCounts> {
    @Override
    public OutcomeCounts apply(OutcomeCounts left, OutcomeCounts right) {
      return plus(left, right);
    }

    @Override
    public OutcomeCounts identity() {
      return NONE;
    }
  }

  private CountOutcomes() {}
}
