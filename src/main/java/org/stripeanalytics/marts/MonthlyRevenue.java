package org.stripeanalytics.marts;

import java.io.Serializable;
import java.math.BigDecimal;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.Ratio;

/** Annualised minor units as the marts show them: major units a month, divided once. */
record MonthlyRevenue(long minorUnitsPerMajor) implements Serializable {

  static MonthlyRevenue in(String currency) {
    return new MonthlyRevenue(BigDecimal.TEN.pow(CurrencyExponent.of(currency)).longValueExact());
  }

  /** MRR. */
  BigDecimal perMonth(long arrMinor) {
    return Ratio.of(arrMinor, 12 * minorUnitsPerMajor);
  }

  /** ARR. */
  BigDecimal perYear(long arrMinor) {
    return Ratio.of(arrMinor, minorUnitsPerMajor);
  }

  /** An amount that is no rate: minor units as major ones. */
  BigDecimal major(long minor) {
    return Ratio.of(minor, minorUnitsPerMajor);
  }

  /** MRR per customer; null without customers. */
  BigDecimal perMonthAndCustomer(long arrMinor, long customers) {
    return Ratio.orNull(arrMinor, 12 * minorUnitsPerMajor * customers);
  }
}
