package org.stripeanalytics.fold;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.CustomerStates;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.schema.RowJson;

/**
 * States of customers as rows of {@code intermediate.customer_state}: a JSON text that a person can
 * read, because it is what one looks at when a figure is in doubt, and short, because absent fields
 * are left out. It has a version, because a fold can only go on from a state it understands.
 */
public final class Checkpoints {
  /** Raised whenever the fields of {@link CustomerState}, or their meaning, change. */
  static final long VERSION = 4;

  private static final RowJson<CustomerState> JSON = RowJson.of(CustomerState.class);

  /**
   * The states at the ends of the interval's finished months in which something changed: those that
   * are not what remains of the one before.
   *
   * @param before the state at the interval's start
   * @param months those in which something can have changed; computing states is what is expensive
   *     about a fold, and customers of five years have few such months
   * @param stateAt the state just before a day begins
   */
  static ImmutableList<CustomerCheckpoint> of(
      String customer,
      CustomerState before,
      DataInterval interval,
      ImmutableSortedSet<LocalDate> months,
      Function<LocalDate, CustomerState> stateAt) {
    ImmutableList.Builder<CustomerCheckpoint> checkpoints = ImmutableList.builder();
    CustomerState last = before;
    LocalDate unfinished = interval.to().withDayOfMonth(1);
    for (LocalDate month : months.subSet(interval.from().withDayOfMonth(1), unfinished)) {
      CustomerState state = stateAt.apply(month.plusMonths(1));
      if (!state.equals(StateRetention.at(last, month.plusMonths(1)))) {
        checkpoints.add(
            CustomerCheckpoint.builder()
                .setCustomerId(customer)
                .setMonth(month)
                .setVersion(VERSION)
                .setState(JSON.write(state))
                .build());
        last = state;
      }
    }
    return checkpoints.build();
  }

  /**
   * The state from which to go on.
   *
   * @param from the first day of the interval to fold
   * @throws IllegalStateException when it was left by another version of the fold
   */
  public static CustomerState newest(Collection<CustomerCheckpoint> checkpoints, LocalDate from) {
    Optional<CustomerCheckpoint> newest =
        checkpoints.stream().max(Comparator.comparing(CustomerCheckpoint::getMonth));
    if (newest.isEmpty()) {
      return CustomerStates.EMPTY;
    }
    checkState(
        newest.get().getVersion() == VERSION,
        "the state of %s at the end of %s has version %s and this fold goes on from version %s;"
            + " transform the whole history once",
        newest.get().getCustomerId(),
        newest.get().getMonth(),
        newest.get().getVersion(),
        VERSION);
    return StateRetention.at(JSON.read(newest.get().getState()), from);
  }

  private Checkpoints() {}
}
