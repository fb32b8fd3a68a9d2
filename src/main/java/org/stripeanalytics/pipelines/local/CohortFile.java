package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.prediction.Cohort;

/**
 * A file of how many customers of a cohort are left, period by period.
 *
 * @param firstPeriod the number of the period in which all of them were there: 0 or 1
 * @param customers as they are written
 */
record CohortFile(Path path, int firstPeriod, ImmutableList<BigDecimal> customers) {

  /**
   * Reads the columns {@code period} and {@code customers}; others are allowed.
   *
   * @throws BadInput when periods do not follow each other, customers grow in number, or a cell is
   *     not a number
   */
  static CohortFile read(Path path) throws IOException {
    ImmutableList.Builder<BigDecimal> customers = ImmutableList.builder();
    int firstPeriod = 0;
    int rows = 0;
    BigDecimal before = null;
    try (CsvFile file = CsvFile.open(path)) {
      int periodColumn = file.column("period");
      int customersColumn = file.column("customers");
      while (file.next()) {
        BigDecimal period = file.amount(periodColumn);
        BigDecimal now = file.amount(customersColumn);
        if (before == null) {
          firstPeriod = first(file, period);
          if (now.signum() == 0) {
            throw file.fault("has customers=0; there is nobody to be left later");
          }
        } else if (period.compareTo(BigDecimal.valueOf(firstPeriod + rows)) != 0) {
          throw file.fault(
              "has period=%s where %d is due; give every period once, in order"
                  .formatted(period.toPlainString(), firstPeriod + rows));
        } else if (now.compareTo(before) > 0) {
          throw file.fault(
              "has customers=%s after %s; of a cohort there are never more than before"
                  .formatted(now.toPlainString(), before.toPlainString()));
        }
        customers.add(now);
        before = now;
        rows++;
      }
    }
    return new CohortFile(path, firstPeriod, customers.build());
  }

  private static int first(CsvFile file, BigDecimal period) {
    if (period.compareTo(BigDecimal.ZERO) != 0 && period.compareTo(BigDecimal.ONE) != 0) {
      throw file.fault(
          "has period=%s; the first is 0 or 1, with all customers of the cohort"
              .formatted(period.toPlainString()));
    }
    return period.intValueExact();
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
