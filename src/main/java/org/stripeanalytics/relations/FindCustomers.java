package org.stripeanalytics.relations;

import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * Finds whose the dealings are. A dealing is the customer's that its parties are; where they are
 * several customers, or none, it is nobody's. Input: bounded, dealings by object and id, each once.
 * Output: the same, each once, by customer, or by a key of its own that {@link #isCustomer} tells
 * apart.
 */
public final class FindCustomers
    extends PTransform<PCollection<KV<String, Dealing>>, PCollection<KV<String, Dealing>>> {
  private static final String NOBODY = "nobody:";
  static final KvCoder<String, String> PAIRS =
      KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of());

  private static final TupleTag<String> OF_PARTY = new TupleTag<>() {};
  private static final TupleTag<String> CUSTOMER = new TupleTag<>() {};
  private static final TupleTag<Dealing> DEALING = new TupleTag<>() {};

  private final PCollection<Identity> identities;
  private final PCollection<KV<String, String>> links;

  private FindCustomers(PCollection<Identity> identities, PCollection<KV<String, String>> links) {
    this.identities = identities;
    this.links = links;
  }

  /**
   * @param links parties, by object and id, and the dealings that other tables say they have
   */
  public static FindCustomers of(
      PCollection<Identity> identities, PCollection<KV<String, String>> links) {
    return new FindCustomers(identities, links);
  }

  static boolean isCustomer(String key) {
    return !key.startsWith(NOBODY);
  }

  @Override
  public PCollection<KV<String, Dealing>> expand(PCollection<KV<String, Dealing>> dealings) {
    TypeDescriptor<KV<String, String>> pairs =
        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings());
    PCollection<KV<String, String>> named =
        dealings
            .apply(
                "Parties",
                FlatMapElements.into(pairs)
                    .via(
                        dealing ->
                            dealing.getValue().getParties().stream()
                                .map(party -> KV.of(party, dealing.getKey()))
                                .toList()))
            .setCoder(PAIRS);
    PCollection<KV<String, String>> parties =
        PCollectionList.of(named).and(links).apply("AllParties", Flatten.pCollections());
    PCollection<KV<String, String>> customers =
        identities
            .apply("TakeResolved", Filter.by(who -> who.getCustomerId() != null))
            .apply(
                "CustomersByParty",
                MapElements.into(pairs)
                    .via(
                        who ->
                            KV.of(
                                Clue.key(who.getObject(), who.getSourceId()), who.getCustomerId())))
            .setCoder(PAIRS);
    PCollection<KV<String, String>> customersOfDealings =
        KeyedPCollectionTuple.of(OF_PARTY, parties.apply("KeepPartyTimes", KeepTimestamps.create()))
            .and(CUSTOMER, customers.apply("KeepCustomerTimes", KeepTimestamps.create()))
            .apply("GroupByParty", CoGroupByKey.create())
            .apply("CustomersByDealing", ParDo.of(new CustomersFn()))
            .setCoder(PAIRS);
    return KeyedPCollectionTuple.of(
            DEALING, dealings.apply("KeepDealingTimes", KeepTimestamps.create()))
        .and(CUSTOMER, customersOfDealings)
        .apply("GroupByDealing", CoGroupByKey.create())
        .apply("DealingsByCustomer", ParDo.of(new DealingsFn()))
        .setCoder(ReadDealings.CODER);
  }

  private static final class CustomersFn extends DoFn<KV<String, CoGbkResult>, KV<String, String>> {
    @ProcessElement
    public void find(
        @Element KV<String, CoGbkResult> party, OutputReceiver<KV<String, String>> output) {
      String whose = party.getValue().getOnly(CUSTOMER, null);
      if (whose != null) {
        party.getValue().getAll(OF_PARTY).forEach(one -> output.output(KV.of(one, whose)));
      }
    }
  }

  private static final class DealingsFn extends DoFn<KV<String, CoGbkResult>, KV<String, Dealing>> {
    @ProcessElement
    public void find(
        @Element KV<String, CoGbkResult> known, OutputReceiver<KV<String, Dealing>> output) {
      Dealing one = known.getValue().getOnly(DEALING, null);
      if (one == null) {
        // Links may name deals that are open, deleted or not there.
        return;
      }
      Set<String> customers = new TreeSet<>();
      known.getValue().getAll(CUSTOMER).forEach(customers::add);
      output.output(
          KV.of(
              customers.size() == 1 ? customers.iterator().next() : NOBODY + known.getKey(), one));
    }
  }
}
