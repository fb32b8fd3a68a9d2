package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.stripeanalytics.fold.timeline.CustomerSegments;

/** One row group of a mart: a segment and one of its values. */
@AutoValue
@DefaultCoder(SegmentKey.SegmentKeyCoder.class)
public abstract class SegmentKey implements Serializable {
  public static final String ALL = "all";

  public abstract String getSegment();

  public abstract String getSegmentValue();

  public static SegmentKey of(String segment, String value) {
    return new AutoValue_SegmentKey(segment, value);
  }

  /** Everywhere a customer is counted: the values of each segment sum to {@code all}. */
  static ImmutableList<SegmentKey> of(CustomerSegments segments) {
    return of(
        segments.getCountry(),
        segments.getRegion(),
        segments.getChannel(),
        segments.getInitialPlan());
  }

  /** The same for a fact, which carries its customer's segments. */
  static ImmutableList<SegmentKey> of(
      String country, String region, String channel, String initialPlan) {
    return ImmutableList.of(
        of(ALL, ALL),
        of("region", region),
        of("country", country),
        of("channel", channel),
        of("initial_plan", initialPlan));
  }

  boolean isAll() {
    return getSegment().equals(ALL);
  }

  /** Two strings: keys are most of what the marts shuffle. */
  public static final class SegmentKeyCoder extends AtomicCoder<SegmentKey> {
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    public static SegmentKeyCoder of() {
      return new SegmentKeyCoder();
    }

    @Override
    public void encode(SegmentKey key, OutputStream out) throws IOException {
      TEXT.encode(key.getSegment(), out);
      TEXT.encode(key.getSegmentValue(), out);
    }

    @Override
    public SegmentKey decode(InputStream in) throws IOException {
      return SegmentKey.of(TEXT.decode(in), TEXT.decode(in));
    }
  }
}
