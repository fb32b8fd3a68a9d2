package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.marts.ComputeAttributionMonthly;
import org.stripeanalytics.marts.ComputePipelineToRevenueMonthly;
import org.stripeanalytics.marts.ComputeSupportLoadMonthly;
import org.stripeanalytics.marts.Grain;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.RollForward;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.SumByPeriod;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.model.facts.AttributedConversion;
import org.stripeanalytics.model.facts.SpendFact;
import org.stripeanalytics.relations.CustomerRelations;
import org.stripeanalytics.warehouse.Publication;

/**
 * The marts of what sales, support and marketing have to do with customers: their measures, and
 * their load.
 */
final class RelationMarts {
  private final LocalDate asOf;
  private final ZoneId zone;
  private final String currency;
  private final BigDecimal grossMargin;
  private final ComputeSupportLoadMonthly support;
  private final ComputePipelineToRevenueMonthly deals;

  private RelationMarts(ConnectOptions options) {
    this.asOf = AsOfOptions.asOf(options);
    this.zone = WarehouseOptions.reportingZone(options);
    this.currency = options.getReportingCurrency();
    this.grossMargin = new BigDecimal(options.getGrossMargin());
    this.support = ComputeSupportLoadMonthly.of(asOf, zone, options.getSlowResponseHours());
    this.deals =
        ComputePipelineToRevenueMonthly.of(asOf, zone, currency, options.getPaidWithinDays());
  }

  static RelationMarts of(ConnectOptions options) {
    return new RelationMarts(options);
  }

  /**
   * @param attributed conversions, divided among visits
   * @param spend what was spent on marketing up to the present
   */
  void load(
      PCollection<CustomerRelations> customers,
      PCollection<AttributedConversion> attributed,
      PCollection<SpendFact> spend,
      Publication publication) {
    ComputeAttributionMonthly attribution =
        ComputeAttributionMonthly.of(spend, asOf, zone, currency, grossMargin);
    load(
        List.of(support.mart(), deals.mart(), attribution.mart()),
        ImmutableList.of(
            customers.apply("ComputeSupportLoadMonthly", support),
            customers.apply("ComputePipelineToRevenueMonthly", deals),
            attributed.apply("ComputeAttributionMonthly", attribution)),
        publication);
  }

  private <M extends Enum<M>> void load(
      List<Mart<?, ?>> marts,
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> measures,
      Publication publication) {
    RollForward<M, Void> roll = RollForward.into(marts, (row, derived) -> {});
    RollForward.<M>together(measures)
        .apply("FlattenMeasures", Flatten.pCollections())
        .apply("SumByMonth", SumByPeriod.of(Grain.MONTH, zone))
        .apply("GroupByRowGroup", GroupByKey.create())
        .apply("LoadRelationMarts", publication.loadAll(roll.tables(), roll, VoidCoder.of()));
  }
}
