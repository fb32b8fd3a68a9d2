package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.marts.ComputePipelineToRevenueMonthly;
import org.stripeanalytics.marts.ComputeSupportLoadMonthly;
import org.stripeanalytics.marts.Grain;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.RollForward;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.SumByPeriod;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.relations.CustomerRelations;
import org.stripeanalytics.warehouse.Publication;

/**
 * The marts of what sales and support have to do with customers: their measures, and their load.
 */
final class RelationMarts {
  private final ZoneId zone;
  private final ComputeSupportLoadMonthly support;
  private final ComputePipelineToRevenueMonthly deals;

  private RelationMarts(
      ZoneId zone, ComputeSupportLoadMonthly support, ComputePipelineToRevenueMonthly deals) {
    this.zone = zone;
    this.support = support;
    this.deals = deals;
  }

  static RelationMarts of(ConnectOptions options) {
    LocalDate asOf = AsOfOptions.asOf(options);
    ZoneId zone = WarehouseOptions.reportingZone(options);
    return new RelationMarts(
        zone,
        ComputeSupportLoadMonthly.of(asOf, zone, options.getSlowResponseHours()),
        ComputePipelineToRevenueMonthly.of(
            asOf, zone, options.getReportingCurrency(), options.getPaidWithinDays()));
  }

  void load(PCollection<CustomerRelations> customers, Publication publication) {
    load(
        List.of(support.mart(), deals.mart()),
        ImmutableList.of(
            customers.apply("ComputeSupportLoadMonthly", support),
            customers.apply("ComputePipelineToRevenueMonthly", deals)),
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
