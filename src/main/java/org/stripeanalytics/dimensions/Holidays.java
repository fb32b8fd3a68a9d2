package org.stripeanalytics.dimensions;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.stripeanalytics.model.dimensions.DateHoliday;
import org.stripeanalytics.model.seeds.Holiday;

/** Public holidays by day. */
final class Holidays implements Serializable {
  private record Named(String country, String name) implements Serializable {}

  private final HashMap<LocalDate, List<Named>> byDay = new HashMap<>();

  static Holidays of(List<Holiday> holidays) {
    Holidays built = new Holidays();
    for (Holiday holiday : holidays) {
      built
          .byDay
          .computeIfAbsent(holiday.getDate(), day -> new ArrayList<>())
          .add(new Named(holiday.getCountry(), holiday.getName()));
    }
    return built;
  }

  /** By country, then by name. */
  List<DateHoliday> on(LocalDate day) {
    return byDay.getOrDefault(day, List.of()).stream()
        .sorted(Comparator.comparing(Named::country).thenComparing(Named::name))
        .map(
            holiday ->
                DateHoliday.builder().setCountry(holiday.country()).setName(holiday.name()).build())
        .toList();
  }
}
