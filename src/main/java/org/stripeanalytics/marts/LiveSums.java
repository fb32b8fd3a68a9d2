package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.util.VarInt;
import org.stripeanalytics.marts.Sums.SumsCoder;

/**
 * What a customer adds to a row of a month that may not be over: the levels with which the month
 * opens, and what moved in it. Rows of different marts measure different things; the {@link
 * RowGroup} that stands beside it says which.
 *
 * @param newestEvent when the newest event happened that it knows, in milliseconds since the epoch;
 *     {@link #NO_EVENT} if it was read from a warehouse
 */
public record LiveSums<M extends Enum<M>>(Sums<M> opening, Sums<M> moved, long newestEvent)
    implements Serializable {
  public static final long NO_EVENT = 0;

  static <M extends Enum<M>> LiveSums<M> none() {
    return new LiveSums<M>(Sums.none(), Sums.none(), NO_EVENT);
  }

  /** Whether it changes no figure. */
  public boolean isNothing() {
    return opening.equals(Sums.none()) && moved.equals(Sums.none());
  }

  /**
   * The row of a month that has these sums in all; empty before the first event of the row group,
   * and where the mart measures something else.
   *
   * @param mart of months
   */
  @SuppressWarnings("unchecked")
  public <N extends Enum<N>, R> Optional<R> row(Mart<N, R> mart, RowGroup group, LocalDate month) {
    RowGroup ofMonths = group.by(Grain.MONTH);
    return mart.counts(ofMonths)
        ? ((LiveSums<N>) this).rolled(mart, ofMonths, month).map(mart.toRow()::apply)
        : Optional.empty();
  }

  private Optional<RolledPeriod<M>> rolled(Mart<M, ?> mart, RowGroup group, LocalDate month) {
    Sums<M> closing = opening.plus(moved);
    return closing.get(mart.firstEvent()) > 0
        ? Optional.of(
            new RolledPeriod<>(
                group,
                month,
                opening,
                moved,
                closing,
                new TreeMap<>(Map.of(month, moved)),
                Grain.MONTH))
        : Optional.empty();
  }

  LiveSums<M> plus(LiveSums<M> other) {
    return new LiveSums<>(
        opening.plus(other.opening),
        moved.plus(other.moved),
        Math.max(newestEvent, other.newestEvent));
  }

  /** What has to be added to {@code before} to come to this, known by an event. */
  LiveSums<M> since(LiveSums<M> before, long event) {
    return new LiveSums<>(
        opening.plus(before.opening.negated()), moved.plus(before.moved.negated()), event);
  }

  /** Sums what all customers add. */
  public static final class SumFn<M extends Enum<M>> extends Combine.BinaryCombineFn<LiveSums<M>> {
    @Override
    public LiveSums<M> apply(LiveSums<M> left, LiveSums<M> right) {
      return left.plus(right);
    }

    @Override
    public LiveSums<M> identity() {
      return none();
    }
  }

  /** The two sums and the time. */
  public static final class LiveSumsCoder<M extends Enum<M>> extends CustomCoder<LiveSums<M>> {
    private final SumsCoder<M> sums = Sums.coder();

    @Override
    public void encode(LiveSums<M> value, OutputStream out) throws IOException {
      sums.encode(value.opening, out);
      sums.encode(value.moved, out);
      VarInt.encode(value.newestEvent, out);
    }

    @Override
    public LiveSums<M> decode(InputStream in) throws IOException {
      return new LiveSums<>(sums.decode(in), sums.decode(in), VarInt.decodeLong(in));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LiveSumsCoder<?>;
    }

    @Override
    public int hashCode() {
      return LiveSumsCoder.class.hashCode();
    }
  }
}
