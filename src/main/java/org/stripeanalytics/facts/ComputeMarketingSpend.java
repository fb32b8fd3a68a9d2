package org.stripeanalytics.facts;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.contract.SourceMapping;
import org.stripeanalytics.contract.SourceMapping.Link;
import org.stripeanalytics.contract.SourceMapping.Spend;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.fold.terms.AdObject;
import org.stripeanalytics.fold.terms.AdObjects;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * {@code facts.fct_marketing_spend}: one row per day, channel, region, ad account and campaign.
 * Input: what raw rows say, of which the newest version counts; those of one day, such as the
 * devices of a campaign, add up and are rounded once. Ads are in the currency of their account, in
 * the region of its time zone and on its days. Where no row describes the account the reporting
 * currency is taken, and no region is known; a campaign without a name goes by its id. Bounded, in
 * the global window; no output is later than its input.
 */
public final class ComputeMarketingSpend
    extends PTransform<PCollection<Expense>, PCollection<SpendFact>> {
  private static final Comparator<Expense> BY_AGE =
      Comparator.comparingLong(Expense::getChangedAt).thenComparing(Expense::getSnapshotDate);

  private final PCollectionView<Iterable<Catalog>> catalog;
  private final String reportingCurrency;

  private ComputeMarketingSpend(
      PCollectionView<Iterable<Catalog>> catalog, String reportingCurrency) {
    this.catalog = catalog;
    this.reportingCurrency = reportingCurrency;
  }

  public static ComputeMarketingSpend of(
      PCollectionView<Iterable<Catalog>> catalog, String reportingCurrency) {
    return new ComputeMarketingSpend(catalog, reportingCurrency);
  }

  @Override
  public PCollection<SpendFact> expand(PCollection<Expense> expenses) {
    return expenses
        .apply("LookUp", ParDo.of(new LookUpFn(catalog, reportingCurrency)).withSideInputs(catalog))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Expense.class)))
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupExpenses", GroupByKey.create())
        .apply("AddUp", ParDo.of(new AddUpFn(catalog, reportingCurrency)).withSideInputs(catalog))
        .setCoder(Tables.FCT_MARKETING_SPEND.coder());
  }

  /** The same of a list, without a pipeline. */
  public static ImmutableList<SpendFact> among(
      List<Expense> expenses, Catalog catalog, String reportingCurrency) {
    ListMultimap<String, Expense> grouped =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (Expense expense : expenses) {
      Expense known = lookedUp(expense, catalog, reportingCurrency);
      grouped.put(key(known), known);
    }
    return grouped.asMap().values().stream()
        .flatMap(together -> sum(together, catalog, reportingCurrency).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** The expense with the names of its account and campaign, its currency and its region. */
  static Expense lookedUp(Expense expense, Catalog catalog, String reportingCurrency) {
    WarehouseTable<?> table = Tables.named(expense.getTable());
    @Nullable SourceMapping source = table.contract().source().orElse(null);
    if (source == null) {
      return expense;
    }
    Spend spend = source.spend();
    Optional<AdObject> account =
        catalog.ads().on(expense.getDay(), spend.account().table(), expense.getAccount());
    return expense.toBuilder()
        .setCurrency(account.map(AdObject::getCurrency).orElse(reportingCurrency))
        .setRegion(
            catalog.region(account.map(AdObject::getZone).map(ZoneCountries::of).orElse(null)))
        .setAccount(source.name() + ":" + orUnknown(expense.getAccount()))
        .setCampaign(campaign(expense, spend.campaign(), catalog.ads()))
        .build();
  }

  /** The name of a campaign, or of the one that an ad belongs to. */
  private static String campaign(Expense expense, Link link, AdObjects ads) {
    @Nullable String id = expense.getCampaign();
    Optional<AdObject> known = ads.on(expense.getDay(), link.table(), id);
    @Nullable Link of = Tables.named(link.table()).contract().source().orElseThrow().ad().of();
    if (of != null && known.isPresent()) {
      id = known.get().getCampaign();
      known = ads.on(expense.getDay(), of.table(), id);
    }
    return known
        .map(AdObject::getName)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .orElse(orUnknown(id));
  }

  private static String orUnknown(@Nullable String id) {
    return Strings.isNullOrEmpty(id) ? Catalog.UNKNOWN : id;
  }

  private static String key(Expense expense) {
    return String.join(
        "\n",
        expense.getDay().toString(),
        expense.getChannel(),
        expense.getRegion(),
        expense.getAccount(),
        expense.getCampaign());
  }

  /**
   * The sum of the newest versions; nothing where no money was spent on ads that day.
   *
   * @param expenses all of one day, channel, region, account and campaign
   */
  static Optional<SpendFact> sum(
      Iterable<Expense> expenses, Catalog catalog, String reportingCurrency) {
    Map<String, Expense> newest = new TreeMap<>();
    for (Expense expense : expenses) {
      newest.merge(
          expense.getTable() + " " + expense.getRow(), expense, BinaryOperator.maxBy(BY_AGE));
    }
    Expense any = newest.values().iterator().next();
    BigDecimal amount =
        newest.values().stream().map(Expense::getAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (amount.signum() == 0 && !any.getAccount().equals(Expense.NONE)) {
      return Optional.empty();
    }
    long minor =
        amount
            .movePointRight(CurrencyExponent.of(any.getCurrency()))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return Optional.of(
        SpendFact.builder()
            .setDay(any.getDay())
            .setChannelKey(SurrogateKey.of(any.getChannel()))
            .setChannel(any.getChannel())
            .setRegion(any.getRegion())
            .setCampaign(any.getCampaign())
            .setAccount(any.getAccount())
            .setCurrency(any.getCurrency())
            .setAmountMinor(minor)
            .setAmountReportingMinor(catalog.convert(minor, any.getCurrency(), reportingCurrency))
            .setAsOf(
                newest.values().stream()
                    .map(Expense::getSnapshotDate)
                    .max(Comparator.naturalOrder())
                    .orElseThrow())
            .build());
  }

  private static final class LookUpFn extends DoFn<Expense, KV<String, Expense>> {
    private final PCollectionView<Iterable<Catalog>> catalog;
    private final String reportingCurrency;

    LookUpFn(PCollectionView<Iterable<Catalog>> catalog, String reportingCurrency) {
      this.catalog = catalog;
      this.reportingCurrency = reportingCurrency;
    }

    @ProcessElement
    public void lookUp(ProcessContext context) {
      Catalog known = Iterables.getOnlyElement(context.sideInput(catalog));
      Expense expense = lookedUp(context.element(), known, reportingCurrency);
      context.output(KV.of(key(expense), expense));
    }
  }

  private static final class AddUpFn extends DoFn<KV<String, Iterable<Expense>>, SpendFact> {
    private final PCollectionView<Iterable<Catalog>> catalog;
    private final String reportingCurrency;

    AddUpFn(PCollectionView<Iterable<Catalog>> catalog, String reportingCurrency) {
      this.catalog = catalog;
      this.reportingCurrency = reportingCurrency;
    }

    @ProcessElement
    public void addUp(ProcessContext context) {
      sum(
              context.element().getValue(),
              Iterables.getOnlyElement(context.sideInput(catalog)),
              reportingCurrency)
          .ifPresent(context::output);
    }
  }
}
