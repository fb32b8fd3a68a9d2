package org.stripeanalytics.intermediate;

import java.io.Serializable;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.fold.timeline.LateChange;
import org.stripeanalytics.model.DataInterval;

/**
 * Counts what an interval brings that takes effect before it, and says in one warning from where to
 * run again so that earlier days know it too. Input: bounded, in the global window. Output: that
 * sentence, or nothing.
 */
public final class ReportLateChanges
    extends PTransform<PCollection<CustomerTimeline>, PCollection<String>> {
  private final DataInterval interval;

  private ReportLateChanges(DataInterval interval) {
    this.interval = interval;
  }

  public static ReportLateChanges of(DataInterval interval) {
    return new ReportLateChanges(interval);
  }

  @Override
  public PCollection<String> expand(PCollection<CustomerTimeline> timelines) {
    return timelines
        .apply("CountLate", ParDo.of(new CountFn()))
        .setCoder(KvCoder.of(VoidCoder.of(), SerializableCoder.of(Summary.class)))
        .apply("Together", GroupByKey.create())
        .apply("SayWhere", ParDo.of(new SayFn(interval)));
  }

  /** How many there are, and the one that reaches back farthest. */
  static final class Summary implements Serializable {
    private long count;
    private @Nullable LocalDate earliest;
    private String example = "";

    void add(LateChange change) {
      merge(1, change.getEffectiveOn(), change.getTable() + " " + change.getId());
    }

    private void merge(long more, @Nullable LocalDate day, String object) {
      count += more;
      boolean isFarther =
          day != null
              && (earliest == null
                  || day.isBefore(earliest)
                  || (day.equals(earliest) && object.compareTo(example) < 0));
      if (isFarther) {
        earliest = day;
        example = object;
      }
    }

    String sentence(DataInterval interval) {
      return "%d changes of %s take effect before it, the earliest on %s (%s); rerun --from=%s"
          .formatted(count, interval, earliest, example, earliest.withDayOfMonth(1));
    }
  }

  private static final class CountFn extends DoFn<CustomerTimeline, KV<Void, Summary>> {
    private final Counter late = Metrics.counter(ReportLateChanges.class, "lateChanges");
    private transient Summary summary;

    @StartBundle
    public void startBundle() {
      summary = new Summary();
    }

    @ProcessElement
    public void count(@Element CustomerTimeline timeline) {
      timeline.getLateChanges().forEach(summary::add);
      late.inc(timeline.getLateChanges().size());
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (summary.count > 0) {
        context.output(
            KV.of(null, summary), BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      }
    }
  }

  private static final class SayFn extends DoFn<KV<Void, Iterable<Summary>>, String> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportLateChanges.class);
    private final DataInterval interval;

    SayFn(DataInterval interval) {
      this.interval = interval;
    }

    @ProcessElement
    public void say(@Element KV<Void, Iterable<Summary>> summaries, OutputReceiver<String> output) {
      Summary all = new Summary();
      summaries.getValue().forEach(other -> all.merge(other.count, other.earliest, other.example));
      String sentence = all.sentence(interval);
      LOG.warn(sentence);
      output.output(sentence);
    }
  }
}
