package org.stripeanalytics.marts;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.RowGenerator;
import org.stripeanalytics.warehouse.RowSink;

/**
 * Rolls the sums of row groups forward into the rows of marts: adds the calendar and the running
 * totals. One row group may be of several marts, which measure the same.
 *
 * @param <M> what is summed, of whichever mart
 * @param <X> what is made of rows besides
 */
public final class RollForward<M extends Enum<M>, X>
    implements RowGenerator<KV<RowGroup, Iterable<KV<Long, Sums<M>>>>, X> {

  /** What else a row is good for. */
  public interface Derived<X> extends Serializable {
    void of(Object row, Consumer<X> derived);
  }

  private final ImmutableList<Mart<?, ?>> marts;
  private final ImmutableList<Mart<?, ?>> incomplete;
  private final Derived<X> derived;

  private RollForward(List<Mart<?, ?>> marts, List<Mart<?, ?>> incomplete, Derived<X> derived) {
    this.marts = ImmutableList.copyOf(marts);
    this.incomplete = ImmutableList.copyOf(incomplete);
    this.derived = derived;
  }

  /**
   * @param derived what is emitted besides, of each row of any of the marts
   */
  public static <M extends Enum<M>, X> RollForward<M, X> into(
      List<Mart<?, ?>> marts, Derived<X> derived) {
    return new RollForward<>(marts, ImmutableList.of(), derived);
  }

  /**
   * The same, and marts whose rows lack something: only what is derived of them comes out.
   *
   * @param incomplete of the same measures
   */
  public RollForward<M, X> deriving(List<Mart<?, ?>> incomplete) {
    return new RollForward<>(marts, incomplete, derived);
  }

  /** Measures of several marts as one list: each row group says which measures are its. */
  @SuppressWarnings("unchecked")
  public static <M extends Enum<M>> PCollectionList<KV<RowGroup, Sums<M>>> together(
      List<PCollection<? extends KV<RowGroup, ? extends Sums<?>>>> measures) {
    return PCollectionList.of(
        measures.stream().map(some -> (PCollection<KV<RowGroup, Sums<M>>>) some).toList());
  }

  public ImmutableSet<WarehouseTable<?>> tables() {
    return marts.stream().map(Mart::table).collect(ImmutableSet.toImmutableSet());
  }

  @Override
  public void generate(
      KV<RowGroup, Iterable<KV<Long, Sums<M>>>> group, RowSink rows, Consumer<X> aside) {
    NavigableMap<LocalDate, Sums<M>> history = new TreeMap<>();
    for (KV<Long, Sums<M>> period : group.getValue()) {
      history.merge(LocalDate.ofEpochDay(period.getKey()), period.getValue(), Sums::plus);
    }
    for (Mart<?, ?> mart : marts) {
      if (mart.counts(group.getKey())) {
        put(measuring(mart), group.getKey(), history, rows, aside);
      }
    }
    for (Mart<?, ?> mart : incomplete) {
      if (mart.counts(group.getKey())) {
        derive(measuring(mart), group.getKey(), history, aside);
      }
    }
  }

  private <RowT> void put(
      Mart<M, RowT> mart,
      RowGroup group,
      NavigableMap<LocalDate, Sums<M>> history,
      RowSink rows,
      Consumer<X> aside) {
    for (RowT row : mart.rows(group, history)) {
      rows.put(mart.table(), row);
      derived.of(row, aside);
    }
  }

  private void derive(
      Mart<M, ?> mart,
      RowGroup group,
      NavigableMap<LocalDate, Sums<M>> history,
      Consumer<X> aside) {
    mart.rows(group, history).forEach(row -> derived.of(row, aside));
  }

  /** The group's name has said that these are its measures. */
  @SuppressWarnings("unchecked")
  private static <M extends Enum<M>, RowT> Mart<M, RowT> measuring(Mart<?, RowT> mart) {
    return (Mart<M, RowT>) mart;
  }
}
