package org.stripeanalytics.facts;

import static org.stripeanalytics.model.Segmented.UNATTRIBUTED;

import com.google.common.collect.Iterables;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.LedgerEntry;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * {@code facts.fct_balance_transactions}: one row per entry of the ledger that the interval
 * changed, as its newest version says, with the owner of the object that it is about; entries of
 * nobody are {@code unattributed}, so that totals tie. Input: bounded, in the global window, as is
 * the output.
 */
public final class ComputeBalanceTransactions
    extends PTransform<PCollection<LedgerVersion>, PCollection<LedgerEntry>> {
  private static final TupleTag<LedgerVersion> VERSIONS = new TupleTag<>() {};
  private static final TupleTag<ObjectOwner> OWNERS = new TupleTag<>() {};

  private final PCollection<ObjectOwner> owners;
  private final @Nullable PCollection<ObjectOwner> stored;
  private final PCollectionView<Iterable<Catalog>> catalog;
  private final ReportingFrame frame;

  private ComputeBalanceTransactions(
      PCollection<ObjectOwner> owners,
      @Nullable PCollection<ObjectOwner> stored,
      PCollectionView<Iterable<Catalog>> catalog,
      ReportingFrame frame) {
    this.owners = owners;
    this.stored = stored;
    this.catalog = catalog;
    this.frame = frame;
  }

  /**
   * Of two owners of one id either will do.
   *
   * @param owners of the interval's objects
   * @param stored of earlier objects, at least of those that are {@link #asked} for; null if there
   *     are none
   */
  public static ComputeBalanceTransactions of(
      PCollection<ObjectOwner> owners,
      @Nullable PCollection<ObjectOwner> stored,
      PCollectionView<Iterable<Catalog>> catalog,
      ReportingFrame frame) {
    return new ComputeBalanceTransactions(owners, stored, catalog, frame);
  }

  @Override
  public PCollection<LedgerEntry> expand(PCollection<LedgerVersion> versions) {
    KvCoder<String, LedgerVersion> versionCoder =
        KvCoder.of(StringUtf8Coder.of(), RowCoder.of(LedgerVersion.class));
    PCollection<KV<String, LedgerVersion>> bySource =
        versions
            .apply(
                "KeyBySource",
                WithKeys.<String, LedgerVersion>of(ComputeBalanceTransactions::source)
                    .withKeyType(TypeDescriptors.strings()))
            .setCoder(versionCoder);
    return KeyedPCollectionTuple.of(
            VERSIONS, bySource.apply("KeepTimestampsOfVersions", KeepTimestamps.create()))
        .and(
            OWNERS,
            allOwners()
                .apply(
                    "KeyByObject",
                    WithKeys.of(ObjectOwner::getObjectId).withKeyType(TypeDescriptors.strings()))
                .apply("KeepTimestampsOfOwners", KeepTimestamps.create()))
        .apply("MeetByObject", CoGroupByKey.create())
        .apply("Attribute", ParDo.of(new AttributeFn(catalog, frame)).withSideInputs(catalog))
        .setCoder(Tables.FCT_BALANCE_TRANSACTIONS.coder());
  }

  private PCollection<ObjectOwner> allOwners() {
    return stored == null
        ? owners
        : PCollectionList.of(owners).and(stored).apply("AllOwners", Flatten.pCollections());
  }

  /** Names the objects that entries are about. */
  public static MapElements<LedgerVersion, String> asked() {
    return MapElements.into(TypeDescriptors.strings()).via(ComputeBalanceTransactions::source);
  }

  /** An entry about nothing is on its own. */
  private static String source(LedgerVersion version) {
    return version.getSource() == null ? version.getId() : version.getSource();
  }

  static Collection<LedgerEntry> entries(
      Iterable<LedgerVersion> versions,
      @Nullable ObjectOwner owner,
      Catalog catalog,
      ReportingFrame frame) {
    Map<String, LedgerVersion> newest = new TreeMap<>();
    for (LedgerVersion version : versions) {
      if (version.getLivemode() == null || version.getLivemode() == frame.livemode()) {
        newest.merge(
            version.getId(),
            version,
            (a, b) -> b.getSnapshotDate().isBefore(a.getSnapshotDate()) ? a : b);
      }
    }
    return newest.values().stream().map(version -> entry(version, owner, catalog, frame)).toList();
  }

  private static LedgerEntry entry(
      LedgerVersion version, @Nullable ObjectOwner owner, Catalog catalog, ReportingFrame frame) {
    boolean isNobodys = owner == null || owner.getCustomerId() == null;
    ZoneId zone = frame.zone();
    LocalDate day = Days.of(version.getCreated(), zone);
    String reporting = frame.currency();
    long amount = catalog.convert(version.getAmount(), version.getCurrency(), reporting);
    long fee = catalog.convert(version.getFee(), version.getCurrency(), reporting);
    return LedgerEntry.builder()
        .setBalanceTransactionId(version.getId())
        .setCustomerKey(isNobodys ? SurrogateKey.UNKNOWN : owner.getCustomerKey())
        .setCustomerId(isNobodys ? null : owner.getCustomerId())
        .setSourceId(version.getSource())
        .setDay(day)
        .setCreatedAt(version.getCreated())
        .setAvailableAt(version.getAvailableOn())
        .setType(version.getType())
        .setReportingCategory(version.getReportingCategory())
        .setRevenuePart(part(version.getReportingCategory()))
        .setStatus(version.getStatus())
        .setCurrency(version.getCurrency())
        .setAmountMinor(version.getAmount())
        .setFeeMinor(version.getFee())
        .setNetMinor(version.getNet())
        .setAmountReportingMinor(amount)
        .setFeeReportingMinor(fee)
        // Converted by itself it might differ from them by a minor unit.
        .setNetReportingMinor(amount - fee)
        .setCountry(isNobodys ? UNATTRIBUTED : owner.getCountry())
        .setRegion(isNobodys ? UNATTRIBUTED : owner.getRegion())
        .setChannel(isNobodys ? UNATTRIBUTED : owner.getChannel())
        .setInitialPlan(isNobodys ? UNATTRIBUTED : owner.getInitialPlan())
        .setAsOf(version.getSnapshotDate())
        .build();
  }

  /**
   * What an entry of a reporting category is to the business. Stripe adds categories; one that is
   * none of a sale's moves the balance and is no revenue.
   */
  private static String part(String category) {
    return switch (category) {
      case "charge", "charge_failure", "partial_capture_reversal" -> "gross_volume";
      case "payout", "payout_reversal" -> "payouts";
      case "refund", "refund_failure" -> "refunds";
      case "dispute", "dispute_reversal" -> "disputes";
      case "fee" -> "fees";
      default -> "other";
    };
  }

  private static final class AttributeFn extends DoFn<KV<String, CoGbkResult>, LedgerEntry> {
    private final PCollectionView<Iterable<Catalog>> catalog;
    private final ReportingFrame frame;

    AttributeFn(PCollectionView<Iterable<Catalog>> catalog, ReportingFrame frame) {
      this.catalog = catalog;
      this.frame = frame;
    }

    @ProcessElement
    public void attribute(ProcessContext context) {
      KV<String, CoGbkResult> object = context.element();
      ObjectOwner owner = null;
      for (ObjectOwner known : object.getValue().getAll(OWNERS)) {
        owner = known;
      }
      entries(
              object.getValue().getAll(VERSIONS),
              owner,
              Iterables.getOnlyElement(context.sideInput(catalog)),
              frame)
          .forEach(context::output);
    }
  }
}
