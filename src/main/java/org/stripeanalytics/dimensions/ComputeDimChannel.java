package org.stripeanalytics.dimensions;

import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.ChannelMember;
import org.stripeanalytics.model.facts.SpendFact;

/**
 * {@code dimensions.dim_channel}: one row per channel through which a customer of the interval
 * signed up or on which money was spent in it. Input: bounded, in the global window.
 */
public final class ComputeDimChannel
    extends PTransform<PCollection<CustomerTimeline>, PCollection<ChannelMember>> {
  private final PCollection<SpendFact> spend;
  private final ZoneId zone;

  private ComputeDimChannel(PCollection<SpendFact> spend, ZoneId zone) {
    this.spend = spend;
    this.zone = zone;
  }

  public static ComputeDimChannel of(PCollection<SpendFact> spend, ZoneId zone) {
    return new ComputeDimChannel(spend, zone);
  }

  @Override
  public PCollection<ChannelMember> expand(PCollection<CustomerTimeline> timelines) {
    KvCoder<String, Long> coder = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    PCollection<KV<String, Long>> ofCustomers =
        timelines.apply("ChannelsOfSignups", ParDo.of(new SignupFn(zone))).setCoder(coder);
    PCollection<KV<String, Long>> ofSpend =
        spend.apply("ChannelsOfSpend", ParDo.of(new SpendFn())).setCoder(coder);
    return PCollectionList.of(ofCustomers)
        .and(ofSpend)
        .apply("FlattenChannels", Flatten.pCollections())
        .apply("LastDay", Max.longsPerKey())
        .apply(
            "Describe",
            MapElements.into(TypeDescriptor.of(ChannelMember.class))
                .via(channel -> member(channel.getKey(), channel.getValue())))
        .setCoder(Tables.DIM_CHANNEL.coder());
  }

  static ChannelMember member(String channel, long lastDay) {
    return ChannelMember.builder()
        .setChannelKey(SurrogateKey.of(channel))
        .setChannel(channel)
        .setAsOf(LocalDate.ofEpochDay(lastDay))
        .build();
  }

  /** What stands for every channel that is not known, so that no join drops a fact. */
  public static ChannelMember unknown() {
    return ChannelMember.builder()
        .setChannelKey(SurrogateKey.UNKNOWN)
        .setChannel(Catalog.UNKNOWN)
        .setAsOf(LocalDate.EPOCH)
        .build();
  }

  private static final class SignupFn extends DoFn<CustomerTimeline, KV<String, Long>> {
    private final ZoneId zone;

    SignupFn(ZoneId zone) {
      this.zone = zone;
    }

    @ProcessElement
    public void name(@Element CustomerTimeline timeline, OutputReceiver<KV<String, Long>> output) {
      String channel = timeline.getSegments().getChannel();
      if (timeline.getSignedUpAt() != null && !channel.equals(Catalog.UNKNOWN)) {
        output.output(KV.of(channel, Days.of(timeline.getSignedUpAt(), zone).toEpochDay()));
      }
    }
  }

  private static final class SpendFn extends DoFn<SpendFact, KV<String, Long>> {
    @ProcessElement
    public void name(@Element SpendFact spend, OutputReceiver<KV<String, Long>> output) {
      output.output(KV.of(spend.getChannel(), spend.getDay().toEpochDay()));
    }
  }
}
