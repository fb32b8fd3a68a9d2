package org.stripeanalytics.acquisition;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.attribution.Journeys;
import org.stripeanalytics.attribution.MarkovChain;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.facts.AttributedConversion;

/**
 * Divides every conversion among its visits, by every model. The Markov chain is solved once, from
 * the counts of all distinct paths, those that ended in no payment among them; one worker has
 * these. Bounded, in the global window.
 */
public final class AttributeConversions
    extends PTransform<PCollection<CustomerJourney>, PCollection<AttributedConversion>> {
  private static final String WON = "+";
  private static final String LOST = "-";
  private static final String SEPARATOR = "\n";

  private final String currency;

  private AttributeConversions(String currency) {
    this.currency = currency;
  }

  /**
   * @param currency that of all amounts, as an ISO code in lower case
   */
  public static AttributeConversions in(String currency) {
    return new AttributeConversions(currency);
  }

  @Override
  public PCollection<AttributedConversion> expand(PCollection<CustomerJourney> journeys) {
    PCollectionView<Iterable<HashMap<String, Double>>> effects =
        journeys
            .apply("PathOfEach", ParDo.of(new PathFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
            .apply("CountPaths", Combine.perKey(Sum.ofLongs()))
            .apply("ToOneKey", WithKeys.of(""))
            .setCoder(
                KvCoder.of(
                    StringUtf8Coder.of(), KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
            .apply("CollectPaths", GroupByKey.create())
            .apply("SolveChain", ParDo.of(new SolveFn()))
            .setCoder(effectsCoder())
            .apply("ShareEffects", View.asIterable());
    return journeys
        .apply("Divide", ParDo.of(new DivideFn(currency, effects)).withSideInputs(effects))
        .setCoder(Tables.FCT_ATTRIBUTION.coder());
  }

  @SuppressWarnings("unchecked")
  private static SerializableCoder<HashMap<String, Double>> effectsCoder() {
    return SerializableCoder.of((Class<HashMap<String, Double>>) (Class<?>) HashMap.class);
  }

  private static final class PathFn extends DoFn<CustomerJourney, KV<String, Long>> {
    @ProcessElement
    public void emit(@Element CustomerJourney journey, OutputReceiver<KV<String, Long>> output) {
      if (journey.isWon() || journey.getConversion() == null) {
        String path =
            journey.getCredited().stream().map(Visit::getChannel).collect(joining(SEPARATOR));
        output.output(KV.of((journey.isWon() ? WON : LOST) + path, 1L));
      }
    }
  }

  private static final class SolveFn
      extends DoFn<KV<String, Iterable<KV<String, Long>>>, HashMap<String, Double>> {
    @ProcessElement
    public void solve(
        @Element KV<String, Iterable<KV<String, Long>>> paths,
        OutputReceiver<HashMap<String, Double>> output) {
      // In an order of their own, so that the sums of doubles are the same every time.
      TreeMap<String, Long> counted = new TreeMap<>();
      paths.getValue().forEach(path -> counted.put(path.getKey(), path.getValue()));
      output.output(removalEffects(counted));
    }
  }

  /** By channel; the key of a count is a sign followed by the path that says whether it was won. */
  static HashMap<String, Double> removalEffects(TreeMap<String, Long> counted) {
    Journeys.Builder builder = Journeys.builder();
    counted.forEach(
        (path, count) -> {
          List<String> touches = Splitter.on(SEPARATOR).splitToList(path.substring(1));
          boolean won = path.startsWith(WON);
          builder.add(touches, won ? count : 0, won ? 0 : count);
        });
    Journeys all = builder.build();
    HashMap<String, Double> effects = new HashMap<>();
    if (all.conversions().signum() == 0) {
      return effects;
    }
    ImmutableDoubleArray solved = MarkovChain.of(all, 1).solve().removalEffects();
    for (int i = 0; i < solved.length(); i++) {
      effects.put(all.channels().get(i), solved.get(i));
    }
    return effects;
  }

  private static final class DivideFn extends DoFn<CustomerJourney, AttributedConversion> {
    private final String currency;
    private final PCollectionView<Iterable<HashMap<String, Double>>> effects;

    DivideFn(String currency, PCollectionView<Iterable<HashMap<String, Double>>> effects) {
      this.currency = currency;
      this.effects = effects;
    }

    @ProcessElement
    public void divide(
        @Element CustomerJourney journey,
        ProcessContext context,
        OutputReceiver<AttributedConversion> output) {
      if (journey.getConversion() == null) {
        return;
      }
      // Whoever has a conversion is on a path, so the chain was solved exactly once.
      new CreditShares(journey, Iterables.getOnlyElement(context.sideInput(effects)))
          .rows(currency)
          .forEach(output::output);
    }
  }
}
