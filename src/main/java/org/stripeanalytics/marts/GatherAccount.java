package org.stripeanalytics.marts;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Brings all that is known of the whole account together in one place: there are a few dozen
 * series, of a small figure a day or a month. Bounded, in the global window; nothing comes out of
 * nothing.
 */
public final class GatherAccount
    extends PTransform<PCollection<AccountFact>, PCollection<KV<String, Iterable<AccountFact>>>> {
  private GatherAccount() {}

  public static GatherAccount create() {
    return new GatherAccount();
  }

  @Override
  public PCollection<KV<String, Iterable<AccountFact>>> expand(PCollection<AccountFact> facts) {
    return facts
        .apply("ToOneKey", WithKeys.of("account"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(AccountFact.class)))
        .apply("GroupFacts", GroupByKey.create());
  }
}
