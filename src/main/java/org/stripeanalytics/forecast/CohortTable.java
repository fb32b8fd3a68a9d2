package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stripeanalytics.prediction.RevenueDevelopment;

/**
 * The cohorts of one segment value, as they were known at the end of some month.
 *
 * @param cohorts by their month, without gaps in their ages
 */
record CohortTable(ImmutableSortedMap<LocalDate, ImmutableList<CohortRevenue>> cohorts) {

  /** All cells of a segment value, in any order. */
  static CohortTable of(Iterable<CohortRevenue> cells) {
    SortedMap<LocalDate, List<CohortRevenue>> byMonth = new TreeMap<>();
    cells.forEach(
        cell ->
            byMonth.computeIfAbsent(cell.getCohortMonth(), absent -> new ArrayList<>()).add(cell));
    ImmutableSortedMap.Builder<LocalDate, ImmutableList<CohortRevenue>> cohorts =
        ImmutableSortedMap.naturalOrder();
    byMonth.forEach(
        (month, ages) ->
            cohorts.put(
                month,
                ages.stream()
                    .sorted(Comparator.comparingLong(CohortRevenue::getMonthsSince))
                    .collect(ImmutableList.toImmutableList())));
    return new CohortTable(cohorts.build());
  }

  /** What of it was known at the end of a month. */
  CohortTable asOf(LocalDate month) {
    return of(
        cohorts.values().stream()
            .flatMap(List::stream)
            .filter(cell -> !cell.getCohortMonth().plusMonths(cell.getMonthsSince()).isAfter(month))
            .toList());
  }

  /** The newest month at whose end a cohort was seen; the table has at least one. */
  LocalDate newestMonth() {
    return cohorts.entrySet().stream()
        .map(cohort -> cohort.getKey().plusMonths(cohort.getValue().size() - 1))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  boolean hasRevenue() {
    return cohorts.values().stream().anyMatch(ages -> ages.get(0).getMrr().signum() > 0);
  }

  /** Monthly revenue of a cohort at the ages that it has come to. */
  static ImmutableDoubleArray revenue(List<CohortRevenue> cohort) {
    return cohort.stream()
        .mapToDouble(cell -> cell.getMrr().doubleValue())
        .collect(ImmutableDoubleArray::builder, ImmutableDoubleArray.Builder::add, (a, b) -> {})
        .build();
  }

  /**
   * @param ages how many are of interest
   */
  RevenueDevelopment development(int ages) {
    return RevenueDevelopment.of(
        cohorts.values().stream().map(CohortTable::revenue).toList(),
        cohorts.values().stream().mapToDouble(cohort -> cohort.get(0).getCohortSize()).sum(),
        ages);
  }

  double mrr(LocalDate month) {
    return at(month).stream().mapToDouble(cell -> cell.getMrr().doubleValue()).sum();
  }

  /** MRR over active customers in a month; NaN without any. */
  double arpa(LocalDate month) {
    double mrr = 0;
    double active = 0;
    for (CohortRevenue cell : at(month)) {
      mrr += cell.getMrr().doubleValue();
      active += cell.getCustomersActive();
    }
    return mrr / active;
  }

  /** Customers lost net of those who came back, over those there were, in the months up to one. */
  double churn(LocalDate month, int months) {
    double before = 0;
    double after = 0;
    for (int m = 0; m < months; m++) {
      LocalDate end = month.minusMonths(m);
      for (CohortRevenue cell : at(end)) {
        if (cell.getMonthsSince() > 0) {
          after += cell.getCustomersActive();
        }
      }
      for (CohortRevenue cell : at(end.minusMonths(1))) {
        before += cell.getCustomersActive();
      }
    }
    return (before - after) / before;
  }

  private List<CohortRevenue> at(LocalDate month) {
    return cohorts.values().stream()
        .flatMap(List::stream)
        .filter(cell -> cell.getCohortMonth().plusMonths(cell.getMonthsSince()).equals(month))
        .toList();
  }
}
