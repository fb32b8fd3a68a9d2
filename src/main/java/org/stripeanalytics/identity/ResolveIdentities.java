package org.stripeanalytics.identity;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.Identity;

/**
 * Decides who is who, of all clues together: chains of merges can lead anywhere, so one worker has
 * them all in memory. Those who visit the website and never sign in are not among them. Bounded, in
 * the global window.
 */
public final class ResolveIdentities extends PTransform<PCollection<Clue>, PCollection<Identity>> {
  private ResolveIdentities() {}

  public static ResolveIdentities create() {
    return new ResolveIdentities();
  }

  @Override
  public PCollection<Identity> expand(PCollection<Clue> clues) {
    return clues
        .apply("ToOneKey", WithKeys.of(""))
        .apply("CollectClues", GroupByKey.create())
        .apply("Resolve", ParDo.of(new ResolveFn()))
        .setCoder(Tables.IDENTITIES.coder());
  }

  private static final class ResolveFn extends DoFn<KV<String, Iterable<Clue>>, Identity> {
    @ProcessElement
    public void resolve(
        @Element KV<String, Iterable<Clue>> clues, OutputReceiver<Identity> output) {
      Resolution.of(clues.getValue()).forEach(output::output);
    }
  }
}
