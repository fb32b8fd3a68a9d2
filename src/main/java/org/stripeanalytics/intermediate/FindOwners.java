package org.stripeanalytics.intermediate;

import static org.apache.beam.sdk.values.TypeDescriptors.kvs;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.OwnerLookup;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.EpochMicros;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * Gives every change its customer. Payments of invoices, refunds and disputes, and events that do
 * not say whose their invoice is, name an invoice or a charge and find theirs through it, among
 * this run's objects and those that earlier runs stored; an invoice or a charge from before the
 * interval finds what was stored of itself. All else passes by without a shuffle. Where nobody is
 * found, a change keeps the customer it names, or nobody.
 */
public final class FindOwners extends PTransform<PCollection<Change>, PCollection<Change>> {
  private static final TupleTag<Change> PASSING = new TupleTag<>() {};
  private static final TupleTag<KV<String, OwnerLookup>> MEETING = new TupleTag<>() {};

  private final Instant from;
  private final @Nullable PCollection<ObjectOwner> stored;

  private FindOwners(Instant from, @Nullable PCollection<ObjectOwner> stored) {
    this.from = from;
    this.stored = stored;
  }

  /**
   * @param from first instant of the interval
   * @param stored what earlier runs know of the objects that are {@link #asked} for, at least; null
   *     if they know nothing
   */
  public static FindOwners among(Instant from, @Nullable PCollection<ObjectOwner> stored) {
    return new FindOwners(from, stored);
  }

  /**
   * Names the objects through which changes find their customers.
   *
   * @param from first instant of the interval
   */
  public static ParDo.SingleOutput<Change, String> asked(Instant from) {
    return ParDo.of(new NameAskedFn(from));
  }

  @Override
  public PCollection<Change> expand(PCollection<Change> changes) {
    PCollectionTuple sorted =
        changes.apply(
            "AskOrPass",
            ParDo.of(new AskFn(from)).withOutputTags(PASSING, TupleTagList.of(MEETING)));
    KvCoder<String, OwnerLookup> lookups =
        KvCoder.of(StringUtf8Coder.of(), RowCoder.of(OwnerLookup.class));
    sorted.get(PASSING).setCoder(RowCoder.of(Change.class));
    sorted.get(MEETING).setCoder(lookups);
    PCollection<Change> answered =
        withStored(sorted.get(MEETING), lookups)
            .apply("KeepTimestamps", KeepTimestamps.create())
            .apply("MeetByObject", GroupByKey.create())
            .apply("Answer", ParDo.of(new AnswerFn()))
            .setCoder(RowCoder.of(Change.class));
    return PCollectionList.of(sorted.get(PASSING))
        .and(answered)
        .apply("FlattenOwned", Flatten.pCollections());
  }

  private PCollection<KV<String, OwnerLookup>> withStored(
      PCollection<KV<String, OwnerLookup>> meeting, KvCoder<String, OwnerLookup> lookups) {
    if (stored == null) {
      return meeting;
    }
    PCollection<KV<String, OwnerLookup>> known =
        stored
            .apply(
                "OfferStored",
                MapElements.into(kvs(strings(), TypeDescriptor.of(OwnerLookup.class)))
                    .via(owner -> KV.of(owner.getObjectId(), OwnerLookup.stored(owner))))
            .setCoder(lookups);
    return PCollectionList.of(meeting).and(known).apply("FlattenLookups", Flatten.pCollections());
  }

  /** The object through which a change finds its customer; null where it need not ask. */
  public static @Nullable String asks(Change change, Instant from) {
    if (change.getInvoicePayment() != null) {
      return change.getInvoicePayment().getInvoice();
    }
    if (change.getPaymentFailure() != null) {
      return change.isOfSomebody() ? null : change.getPaymentFailure().getObjectId();
    }
    if (change.getRefund() != null) {
      return change.getRefund().getCharge();
    }
    if (change.getDispute() != null) {
      return change.getDispute().getCharge();
    }
    boolean mayBeStored =
        (change.getInvoice() != null || change.getCharge() != null)
            && change.version().getCreated().isBefore(from);
    return mayBeStored ? change.version().getId() : null;
  }

  /** The object whose customer a change can name to others; null if it is no such object. */
  public static @Nullable String claims(Change change) {
    boolean isAsked = change.getInvoice() != null || change.getCharge() != null;
    return isAsked && change.isOfSomebody() ? change.version().getId() : null;
  }

  /**
   * The changes that met under an object's id, with what is known of it.
   *
   * @param lookups in any order; walked once
   */
  static List<Change> answer(Iterable<OwnerLookup> lookups) {
    List<Change> asking = new ArrayList<>();
    String named = null;
    ObjectOwner stored = null;
    for (OwnerLookup lookup : lookups) {
      if (lookup.getAsking() != null) {
        asking.add(lookup.getAsking());
      } else if (lookup.getStored() != null) {
        stored = lookup.getStored();
      } else {
        named = least(named, lookup.getCustomer());
      }
    }
    String owner = named != null || stored == null ? named : stored.getCustomerId();
    List<Change> answered = new ArrayList<>(asking.size());
    for (Change change : asking) {
      Change owned = change.ownedBy(owner);
      answered.add(stored == null ? owned : owned.withOrigin(stored));
    }
    return answered;
  }

  /** Objects change hands never; were one to, every runner would still choose the same. */
  private static String least(@Nullable String a, String b) {
    return a == null || b.compareTo(a) < 0 ? b : a;
  }

  private static final class NameAskedFn extends DoFn<Change, String> {
    private final long fromMicros;

    NameAskedFn(Instant from) {
      this.fromMicros = EpochMicros.of(from);
    }

    @ProcessElement
    public void name(@Element Change change, OutputReceiver<String> output) {
      String object = asks(change, EpochMicros.toInstant(fromMicros));
      if (object != null) {
        output.output(object);
      }
    }
  }

  private static final class AskFn extends DoFn<Change, Change> {
    private final long fromMicros;

    AskFn(Instant from) {
      this.fromMicros = EpochMicros.of(from);
    }

    @ProcessElement
    public void sort(@Element Change change, MultiOutputReceiver output) {
      Instant from = EpochMicros.toInstant(fromMicros);
      String object = asks(change, from);
      if (object == null) {
        output.get(PASSING).output(change);
      } else {
        output.get(MEETING).output(KV.of(object, OwnerLookup.asking(change)));
      }
      String claimed = claims(change);
      if (claimed != null) {
        output.get(MEETING).output(KV.of(claimed, OwnerLookup.named(change.getCustomerId())));
      }
    }
  }

  private static final class AnswerFn extends DoFn<KV<String, Iterable<OwnerLookup>>, Change> {
    @ProcessElement
    public void answer(
        @Element KV<String, Iterable<OwnerLookup>> object, OutputReceiver<Change> output) {
      FindOwners.answer(object.getValue()).forEach(output::output);
    }
  }
}
