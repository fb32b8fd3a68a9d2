package org.stripeanalytics.pipelines;

import java.time.ZoneId;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.marts.AccountFact;
import org.stripeanalytics.marts.Grain;
import org.stripeanalytics.marts.Mart;
import org.stripeanalytics.marts.RollForward;
import org.stripeanalytics.marts.RowGroup;
import org.stripeanalytics.marts.SumByPeriod;
import org.stripeanalytics.marts.Sums;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.warehouse.Publication;

/**
 * What marts measure, summed by row group and period: all of them go through the same few steps.
 *
 * @param sums of any number of marts
 */
record SumsOfMarts<M extends Enum<M>>(PCollection<KV<RowGroup, KV<Long, Sums<M>>>> sums) {

  /**
   * @param monthly what is summed by calendar month, with event times
   * @param daily what is summed by day, likewise
   */
  static <M extends Enum<M>> SumsOfMarts<M> of(
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> monthly,
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> daily,
      ZoneId zone) {
    return new SumsOfMarts<>(
        PCollectionList.of(SumsOfMarts.<M>sum("MonthlyMarts", Grain.MONTH, monthly, zone))
            .and(SumsOfMarts.<M>sum("DailyMarts", Grain.DAY, daily, zone))
            .apply("FlattenSums", Flatten.pCollections()));
  }

  private static <M extends Enum<M>> PCollection<KV<RowGroup, KV<Long, Sums<M>>>> sum(
      String name,
      Grain grain,
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> measures,
      ZoneId zone) {
    return RollForward.<M>together(measures)
        .apply("Flatten" + name, Flatten.pCollections())
        .apply("Sum" + name, SumByPeriod.of(grain, zone));
  }

  /**
   * Loads the rows that follow from the sums.
   *
   * @param live the marts whose rows are loaded when it is known which events they contain
   * @param derived what the rows say of the whole account
   */
  PCollection<AccountFact> load(
      List<Mart<?, ?>> marts,
      List<Mart<?, ?>> live,
      RollForward.Derived<AccountFact> derived,
      Publication publication) {
    RollForward<M, AccountFact> roll =
        RollForward.<M, AccountFact>into(marts, derived).deriving(live);
    return sums.apply("GroupByRowGroup", GroupByKey.create())
        .apply(
            "LoadMarts", publication.loadAll(roll.tables(), roll, RowCoder.of(AccountFact.class)));
  }
}
