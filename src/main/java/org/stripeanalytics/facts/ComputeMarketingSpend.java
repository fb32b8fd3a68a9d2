package org.stripeanalytics.facts;

import com.google.common.collect.Iterables;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.model.raw.MarketingSpend;

/**
 * {@code facts.fct_marketing_spend}: one row per day, channel and region. Input: the newest version
 * of each. Keeps windows and timestamps.
 */
public final class ComputeMarketingSpend
    extends PTransform<PCollection<MarketingSpend>, PCollection<SpendFact>> {
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
  public PCollection<SpendFact> expand(PCollection<MarketingSpend> spend) {
    return spend
        .apply(
            "Convert", ParDo.of(new ConvertFn(catalog, reportingCurrency)).withSideInputs(catalog))
        .setCoder(Tables.FCT_MARKETING_SPEND.coder());
  }

  static SpendFact row(MarketingSpend spend, Catalog catalog, String reportingCurrency) {
    return SpendFact.builder()
        .setDay(spend.getDay())
        .setChannelKey(SurrogateKey.of(spend.getChannel()))
        .setChannel(spend.getChannel())
        .setRegion(spend.getRegion())
        .setCurrency(spend.getCurrency())
        .setAmountMinor(spend.getAmount())
        .setAmountReportingMinor(
            catalog.convert(spend.getAmount(), spend.getCurrency(), reportingCurrency))
        .setAsOf(spend.getSnapshotDate())
        .build();
  }

  private static final class ConvertFn extends DoFn<MarketingSpend, SpendFact> {
    private final PCollectionView<Iterable<Catalog>> catalog;
    private final String reportingCurrency;

    ConvertFn(PCollectionView<Iterable<Catalog>> catalog, String reportingCurrency) {
      this.catalog = catalog;
      this.reportingCurrency = reportingCurrency;
    }

    @ProcessElement
    public void convert(ProcessContext context) {
      context.output(
          row(
              context.element(),
              Iterables.getOnlyElement(context.sideInput(catalog)),
              reportingCurrency));
    }
  }
}
