package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.prediction.Cohort;

/**
 * A file of how many customers of a cohort are left, period by period.
 *
 * @param firstPeriod the number of the period in which all of them were there: 0 or 1
 * @param customers as they are written
 */
record CohortFile(Path path, int firstPeriod, ImmutableList<BigDecimal> customers) {

  /** What a row says, and where it stands. */
  private record Row(BigDecimal period, BigDecimal customers, long line) {}

  /**
   * Reads the columns {@code period} and {@code customers}; others are allowed, and rows may come
   * in any order.
   *
   * @throws BadInput when a period is missing or there twice, customers grow in number, or a cell
   *     is not a number
   */
  static CohortFile read(Path path) throws IOException {
    try (CsvFile file = CsvFile.open(path)) {
      List<Row> rows = rows(file);
      check(file, rows);
      return new CohortFile(
          path,
          rows.isEmpty() ? 0 : rows.get(0).period().intValueExact(),
          rows.stream().map(Row::customers).collect(ImmutableList.toImmutableList()));
    }
  }

  /** By period, and by line where one is there twice. */
  private static List<Row> rows(CsvFile file) {
    int period = file.column("period");
    int customers = file.column("customers");
    List<Row> rows = new ArrayList<>();
    while (file.next()) {
      rows.add(new Row(file.amount(period), file.amount(customers), file.line()));
    }
    rows.sort(Comparator.comparing(Row::period));
    return rows;
  }

  private static void check(CsvFile file, List<Row> rows) {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (i == 0) {
        checkFirst(file, row);
        continue;
      }
      Row before = rows.get(i - 1);
      BigDecimal due = rows.get(0).period().add(BigDecimal.valueOf(i));
      if (row.period().compareTo(before.period()) == 0) {
        throw file.fault(
            row.line(),
            "has period=%s, which line %d has too; give every period once"
                .formatted(row.period().toPlainString(), before.line()));
      }
      if (row.period().compareTo(due) != 0) {
        throw file.fault(
            row.line(),
            "has period=%s, and no row has %s; give every period once"
                .formatted(row.period().toPlainString(), due.toPlainString()));
      }
      if (row.customers().compareTo(before.customers()) > 0) {
        throw file.fault(
            row.line(),
            "has customers=%s after %s; of a cohort there are never more than before"
                .formatted(row.customers().toPlainString(), before.customers().toPlainString()));
      }
    }
  }

  private static void checkFirst(CsvFile file, Row first) {
    if (first.period().compareTo(BigDecimal.ZERO) != 0
        && first.period().compareTo(BigDecimal.ONE) != 0) {
      throw file.fault(
          first.line(),
          "has period=%s, and no row has less; the first is 0 or 1, with all customers of the cohort"
              .formatted(first.period().toPlainString()));
    }
    if (first.customers().signum() == 0) {
      throw file.fault(first.line(), "has customers=0; there is nobody to be left later");
    }
  }

  /** How many periods there are after the first. */
  int renewals() {
    return customers.size() - 1;
  }

  Cohort cohort() {
    return new Cohort(
        ImmutableDoubleArray.copyOf(
            customers.stream().mapToDouble(BigDecimal::doubleValue).toArray()));
  }

  /** Whether customers are given as shares, such as percent. */
  boolean hasFractions() {
    return customers.stream().anyMatch(number -> number.stripTrailingZeros().scale() > 0);
  }
}
