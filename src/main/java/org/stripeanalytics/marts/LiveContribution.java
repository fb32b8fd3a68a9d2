package org.stripeanalytics.marts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.stripeanalytics.facts.MrrMovements;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.marts.LiveSums.LiveSumsCoder;
import org.stripeanalytics.marts.RowGroup.RowGroupCoder;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.CustomerMilestones;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;

/**
 * What one customer adds to the live marts, by month and row group: measured by the functions of
 * the marts of finished months. Plain Java; compared with what was added before, it says what has
 * to be added now.
 *
 * @param parts none of them {@link LiveSums#isNothing}
 */
public record LiveContribution(Map<Part, LiveSums<?>> parts) implements Serializable {

  /** A row that it adds to. */
  public record Part(LocalDate month, RowGroup group) implements Comparable<Part>, Serializable {
    @Override
    public int compareTo(Part other) {
      int byMonth = month.compareTo(other.month);
      return byMonth == 0 ? group.toString().compareTo(other.group.toString()) : byMonth;
    }
  }

  /** A customer of whom nothing is known. */
  public static LiveContribution none() {
    return new LiveContribution(new TreeMap<>());
  }

  /**
   * What a customer adds to the months of its timeline.
   *
   * @param timeline from the first of a month
   */
  public static LiveContribution of(CustomerTimeline timeline, ZoneId zone) {
    Builder builder = new Builder(timeline);
    List<RowGroup> groups = groups(MrrMeasure.class, SegmentKey.of(timeline.getSegments()));
    MeasureMrr.measure(timeline, zone, (day, sums) -> builder.add(groups, day, sums));
    for (InvoiceSettlement invoice : timeline.getSettlements()) {
      if (invoice.getFirstAttemptedAt() != null) {
        builder.add(
            groups(PaymentMeasure.class, Segments.of(invoice)),
            Days.of(invoice.getFirstAttemptedAt(), zone),
            ComputePaymentHealthMonthly.measure(invoice));
      }
    }
    for (MrrMovement movement : MrrMovements.of(timeline, zone)) {
      List<RowGroup> ofChurn = groups(PaymentMeasure.class, Segments.of(movement));
      ComputePaymentHealthMonthly.measureChurn(
          movement, (day, sums) -> builder.add(ofChurn, day, sums));
    }
    CustomerMilestones reached = timeline.getMilestones();
    if (reached != null) {
      builder.add(
          groups(FunnelMeasure.class, Segments.of(reached)),
          reached.getSignedUpOn(),
          ComputeTrialFunnel.measure(reached, timeline.getTo(), zone));
    }
    return builder.build();
  }

  private static List<RowGroup> groups(
      Class<? extends Enum<?>> measured, List<SegmentKey> segments) {
    return segments.stream().map(segment -> RowGroup.of(measured, segment)).toList();
  }

  /**
   * What has to be added to what it was before.
   *
   * @param event when the event happened that brought it about, as in {@link LiveSums#newestEvent}
   */
  public LiveContribution since(LiveContribution before, long event) {
    TreeMap<Part, LiveSums<?>> changes = new TreeMap<>();
    TreeSet<Part> all = new TreeSet<>(parts.keySet());
    all.addAll(before.parts.keySet());
    for (Part part : all) {
      LiveSums<?> change = change(parts.get(part), before.parts.get(part), event);
      if (!change.isNothing()) {
        changes.put(part, change);
      }
    }
    return new LiveContribution(changes);
  }

  /** Both together. */
  public LiveContribution plus(LiveContribution other) {
    TreeMap<Part, LiveSums<?>> all = new TreeMap<>(parts);
    other.parts.forEach((part, sums) -> all.merge(part, sums, LiveContribution::sum));
    all.values().removeIf(LiveSums::isNothing);
    return new LiveContribution(all);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static LiveSums<?> sum(LiveSums<?> one, LiveSums<?> other) {
    return ((LiveSums) one).plus(other);
  }

  /** Without months before one: what was added to them stays as it is. */
  public LiveContribution from(LocalDate month) {
    TreeMap<Part, LiveSums<?>> later = new TreeMap<>(parts);
    later.keySet().removeIf(part -> part.month().isBefore(month));
    return new LiveContribution(later);
  }

  /** Both are of one row group, so both measure the same. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static LiveSums<?> change(LiveSums<?> after, LiveSums<?> before, long event) {
    LiveSums now = after == null ? LiveSums.none() : after;
    return now.since(before == null ? LiveSums.none() : before, event);
  }

  /** Adds up what the timeline's days bring, month by month. */
  private static final class Builder {
    private final TreeSet<LocalDate> months = new TreeSet<>();
    private final TreeMap<Part, LiveSums<?>> parts = new TreeMap<>();

    Builder(CustomerTimeline timeline) {
      for (LocalDate month = timeline.getFrom();
          month.isBefore(timeline.getTo());
          month = Grain.MONTH.next(month)) {
        months.add(month);
      }
    }

    /** A day's sums move its own month and open those after it. */
    <M extends Enum<M>> void add(List<RowGroup> groups, LocalDate day, Sums<M> sums) {
      LocalDate own = Grain.MONTH.containing(day);
      for (LocalDate month : months.tailSet(own)) {
        LiveSums<M> added =
            month.equals(own)
                ? new LiveSums<>(Sums.none(), sums, LiveSums.NO_EVENT)
                : new LiveSums<>(sums, Sums.none(), LiveSums.NO_EVENT);
        groups.forEach(group -> merge(new Part(month, group), added));
      }
    }

    private <M extends Enum<M>> void merge(Part part, LiveSums<M> added) {
      parts.merge(part, added, LiveContribution::sum);
    }

    LiveContribution build() {
      parts.values().removeIf(LiveSums::isNothing);
      return new LiveContribution(parts);
    }
  }

  /** The month and the row group. */
  public static final class LivePartCoder extends AtomicCoder<Part> {
    private final RowGroupCoder groups = RowGroupCoder.of();

    @Override
    public void encode(Part part, OutputStream out) throws IOException {
      VarInt.encode(part.month().toEpochDay(), out);
      groups.encode(part.group(), out);
    }

    @Override
    public Part decode(InputStream in) throws IOException {
      return new Part(LocalDate.ofEpochDay(VarInt.decodeLong(in)), groups.decode(in));
    }
  }

  /** A number of parts with their sums. */
  public static final class LiveContributionCoder extends CustomCoder<LiveContribution> {
    private final LivePartCoder keys = new LivePartCoder();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final Coder<LiveSums<?>> sums = (Coder) new LiveSumsCoder<>();

    @Override
    public void encode(LiveContribution contribution, OutputStream out) throws IOException {
      VarInt.encode(contribution.parts.size(), out);
      for (Map.Entry<Part, LiveSums<?>> part : contribution.parts.entrySet()) {
        keys.encode(part.getKey(), out);
        sums.encode(part.getValue(), out);
      }
    }

    @Override
    public LiveContribution decode(InputStream in) throws IOException {
      LiveContribution contribution = none();
      for (int left = VarInt.decodeInt(in); left > 0; left--) {
        contribution.parts.put(keys.decode(in), sums.decode(in));
      }
      return contribution;
    }
  }
}
