package org.stripeanalytics.pipelines;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Days as people write them in options: ISO, within the years a warehouse's DATE is good for. */
final class Dates {
  /** How a day looks; whether the calendar has it, {@link #check} says. */
  static final String REGEX = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

  /** The day, or a fault. */
  static Optional<LocalDate> check(String option, String value, List<String> faults) {
    try {
      LocalDate date = LocalDate.parse(value);
      if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
        return Optional.of(date);
      }
      faults.add(
          "--%s=%s is out of range; allowed are %s to %s"
              .formatted(option, value, EARLIEST, LATEST));
    } catch (DateTimeParseException e) {
      faults.add(
          "--%s=%s is no date; allowed is a day of the calendar as in 2021-01-31"
              .formatted(option, value));
    }
    return Optional.empty();
  }

  static void checkOrder(
      String firstOption, LocalDate first, String endOption, LocalDate end, List<String> faults) {
    if (!end.isAfter(first)) {
      faults.add(
          "--%s=%s is not after --%s=%s; it is the first day that is left out"
              .formatted(endOption, end, firstOption, first));
    }
  }

  private Dates() {}
}
