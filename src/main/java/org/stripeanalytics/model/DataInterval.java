package org.stripeanalytics.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.time.LocalDate;

/**
 * The half-open span of days {@code [from, to)} of the reporting zone that a run reads, computes
 * and owns.
 */
@AutoValue
public abstract class DataInterval implements Serializable {
  public abstract LocalDate from();

  public abstract LocalDate to();

  /**
   * @throws IllegalArgumentException when {@code to} is not after {@code from}
   */
  public static DataInterval of(LocalDate from, LocalDate to) {
    checkArgument(
        to.isAfter(from), "interval ends on %s, which is not after its start %s", to, from);
    return new AutoValue_DataInterval(from, to);
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from()) && day.isBefore(to());
  }

  @Override
  public final String toString() {
    return "[" + from() + ", " + to() + ")";
  }
}
