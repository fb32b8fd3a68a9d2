package org.stripeanalytics.ingestion;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.ops.ReceivedDelivery;
import org.stripeanalytics.model.ops.RejectedRecord;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.quality.RowTally;

/**
 * What a step says besides its rows: exactly one of a rejection, a tally, a notice and a delivery.
 * They share a collection because Flink hands every output of a step all that it puts out, encoded
 * anew for each.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Remark {
  public abstract @Nullable RejectedRecord getRejected();

  public abstract @Nullable RowTally getTally();

  public abstract @Nullable Notice getNotice();

  public abstract @Nullable ReceivedDelivery getDelivery();

  public static Remark of(ReceivedDelivery delivery) {
    return builder().setDelivery(delivery).build();
  }

  public static FlatMapElements<Remark, ReceivedDelivery> deliveries() {
    return FlatMapElements.into(TypeDescriptor.of(ReceivedDelivery.class))
        .via(remark -> orNone(remark.getDelivery()));
  }

  public static Remark of(RejectedRecord rejected) {
    return builder().setRejected(rejected).build();
  }

  public static Remark of(RowTally tally) {
    return builder().setTally(tally).build();
  }

  public static Remark of(Notice notice) {
    return builder().setNotice(notice).build();
  }

  public static FlatMapElements<Remark, RejectedRecord> rejected() {
    return FlatMapElements.into(TypeDescriptor.of(RejectedRecord.class))
        .via(remark -> orNone(remark.getRejected()));
  }

  public static FlatMapElements<Remark, RowTally> tallies() {
    return FlatMapElements.into(TypeDescriptor.of(RowTally.class))
        .via(remark -> orNone(remark.getTally()));
  }

  public static FlatMapElements<Remark, Notice> notices() {
    return FlatMapElements.into(TypeDescriptor.of(Notice.class))
        .via(remark -> orNone(remark.getNotice()));
  }

  private static <T> Iterable<T> orNone(@Nullable T value) {
    return value == null ? ImmutableList.of() : ImmutableList.of(value);
  }

  static Builder builder() {
    return new AutoValue_Remark.Builder();
  }

  /** Beam rebuilds remarks through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setRejected(@Nullable RejectedRecord value);

    abstract Builder setTally(@Nullable RowTally value);

    abstract Builder setNotice(@Nullable Notice value);

    abstract Builder setDelivery(@Nullable ReceivedDelivery value);

    abstract Remark build();
  }
}
