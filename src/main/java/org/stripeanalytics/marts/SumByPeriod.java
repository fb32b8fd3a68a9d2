package org.stripeanalytics.marts;

import java.time.ZoneId;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.marts.RowGroup.RowGroupCoder;

/**
 * Sums measures by row group and period, in windows that are the periods. Windows emit nothing for
 * a quiet period and carry no running total; {@link RollForward} adds both. Input: bounded, of any
 * number of marts. Output: in the global window; for each row group, which says by what periods it
 * is counted, and each period its sums, with the period's first day since the epoch.
 */
public final class SumByPeriod<M extends Enum<M>>
    extends PTransform<
        PCollection<KV<RowGroup, Sums<M>>>, PCollection<KV<RowGroup, KV<Long, Sums<M>>>>> {
  private final Grain grain;
  private final ZoneId zone;

  private SumByPeriod(Grain grain, ZoneId zone) {
    this.grain = grain;
    this.zone = zone;
  }

  public static <M extends Enum<M>> SumByPeriod<M> of(Grain grain, ZoneId zone) {
    return new SumByPeriod<>(grain, zone);
  }

  @Override
  public PCollection<KV<RowGroup, KV<Long, Sums<M>>>> expand(
      PCollection<KV<RowGroup, Sums<M>>> measures) {
    return measures
        .apply("WindowByPeriod", Window.into(grain.windows(zone)))
        .apply("SumPerPeriod", Combine.perKey(new Sums.SumFn<M>()))
        .setCoder(KvCoder.of(RowGroupCoder.of(), Sums.coder()))
        .apply("NamePeriod", ParDo.of(new NamePeriodFn<>(grain, zone)))
        .setCoder(KvCoder.of(RowGroupCoder.of(), KvCoder.of(VarLongCoder.of(), Sums.coder())))
        .apply("LeavePeriods", Window.into(new GlobalWindows()));
  }

  /** Carries the period in the element, because the global window will not. */
  private static final class NamePeriodFn<M extends Enum<M>>
      extends DoFn<KV<RowGroup, Sums<M>>, KV<RowGroup, KV<Long, Sums<M>>>> {
    private final Grain grain;
    private final ZoneId zone;

    NamePeriodFn(Grain grain, ZoneId zone) {
      this.grain = grain;
      this.zone = zone;
    }

    @ProcessElement
    public void name(
        @Element KV<RowGroup, Sums<M>> sums,
        BoundedWindow window,
        OutputReceiver<KV<RowGroup, KV<Long, Sums<M>>>> output) {
      long period = Grain.period(window, zone).toEpochDay();
      output.output(KV.of(sums.getKey().by(grain), KV.of(period, sums.getValue())));
    }
  }
}
