package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Rows of a mart that differ in their period alone, and so are rolled forward together.
 *
 * @param measured the simple name of what is summed, such as {@code MrrMeasure}: marts of different
 *     measures share a shuffle
 * @param cohortMonth first day of the month in which its customers began; null where that does not
 *     matter
 * @param grain the periods by which it is counted; null until it is
 */
public record RowGroup(
    String measured, SegmentKey segment, @Nullable LocalDate cohortMonth, @Nullable Grain grain)
    implements Serializable {

  static RowGroup of(Class<? extends Enum<?>> measured, SegmentKey segment) {
    return new RowGroup(measured.getSimpleName(), segment, null, null);
  }

  static RowGroup of(Class<? extends Enum<?>> measured, SegmentKey segment, LocalDate cohortMonth) {
    return new RowGroup(measured.getSimpleName(), segment, cohortMonth, null);
  }

  /** The same, counted by these periods. */
  RowGroup by(Grain periods) {
    return new RowGroup(measured, segment, cohortMonth, periods);
  }

  String getSegment() {
    return segment.getSegment();
  }

  String getSegmentValue() {
    return segment.getSegmentValue();
  }

  boolean isAll() {
    return segment.isAll();
  }

  /** Whether it holds sums of these measures, counted by these periods. */
  boolean isOf(Class<? extends Enum<?>> measures, Grain periods) {
    return measured.equals(measures.getSimpleName()) && grain == periods;
  }

  /** Three strings, a day and a grain: keys are most of what the marts shuffle. */
  static final class RowGroupCoder extends AtomicCoder<RowGroup> {
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

    /** No cohort is that old. */
    private static final long NO_COHORT = 0;

    private static final Grain[] GRAINS = Grain.values();
    private static final int NO_GRAIN = GRAINS.length;

    static RowGroupCoder of() {
      return new RowGroupCoder();
    }

    @Override
    public void encode(RowGroup group, OutputStream out) throws IOException {
      TEXT.encode(group.measured(), out);
      SegmentKey.SegmentKeyCoder.of().encode(group.segment(), out);
      VarInt.encode(group.cohortMonth == null ? NO_COHORT : group.cohortMonth.toEpochDay(), out);
      VarInt.encode(group.grain == null ? NO_GRAIN : group.grain.ordinal(), out);
    }

    @Override
    public RowGroup decode(InputStream in) throws IOException {
      String measured = TEXT.decode(in);
      SegmentKey segment = SegmentKey.SegmentKeyCoder.of().decode(in);
      long cohort = VarInt.decodeLong(in);
      int grain = VarInt.decodeInt(in);
      return new RowGroup(
          measured,
          segment,
          cohort == NO_COHORT ? null : LocalDate.ofEpochDay(cohort),
          grain == NO_GRAIN ? null : GRAINS[grain]);
    }
  }
}
