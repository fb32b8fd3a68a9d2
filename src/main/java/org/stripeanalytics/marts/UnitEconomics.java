package org.stripeanalytics.marts;

import static org.stripeanalytics.marts.EconomicsMeasure.ARR;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_LOST;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.EconomicsMeasure.CUSTOMERS_START;
import static org.stripeanalytics.marts.EconomicsMeasure.NEW_ARR;
import static org.stripeanalytics.marts.EconomicsMeasure.SPEND;

import java.io.Serializable;
import java.math.BigDecimal;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.CurrencyExponent;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.marts.UnitEconomicsMonthly;

/**
 * The arithmetic of a month of {@code marts.unit_economics_monthly}. Every cell is one fraction of
 * what was summed, so none is computed from a rounded one.
 *
 * @param grossMargin the share of revenue that is left after serving it
 */
record UnitEconomics(long minorUnitsPerMajor, BigDecimal grossMargin) implements Serializable {
  private static final int CHURN_MONTHS = 6;

  /** How many months of revenue a customer is taken to bring where nobody left. */
  private static final long MONTHS_WITHOUT_CHURN = 60;

  private static final long MONTHS_A_YEAR = 12;

  static UnitEconomics in(String currency, BigDecimal grossMargin) {
    return new UnitEconomics(
        BigDecimal.TEN.pow(CurrencyExponent.of(currency)).longValueExact(), grossMargin);
  }

  UnitEconomicsMonthly row(RolledPeriod<EconomicsMeasure> month) {
    Sums<EconomicsMeasure> in = month.moved();
    Sums<EconomicsMeasure> before = month.movedBefore(CHURN_MONTHS);
    long spend = in.get(SPEND);
    long customersNew = in.get(CUSTOMERS_NEW);
    Fraction arpa =
        Fraction.of(
            month.closing().get(ARR),
            MONTHS_A_YEAR * minorUnitsPerMajor * month.closing().get(CUSTOMERS));
    Fraction churn = Fraction.of(before.get(CUSTOMERS_LOST), before.get(CUSTOMERS_START));
    Fraction ltvRevenue =
        churn.isZero() ? arpa.times(Fraction.of(MONTHS_WITHOUT_CHURN, 1)) : arpa.over(churn);
    Fraction ltv = ltvRevenue.times(Fraction.of(grossMargin));
    Fraction cac = Fraction.of(spend, minorUnitsPerMajor * customersNew);
    Fraction newMrr = Fraction.of(in.get(NEW_ARR), MONTHS_A_YEAR * minorUnitsPerMajor);
    return UnitEconomicsMonthly.builder()
        .setMonth(month.period())
        .setSegment(month.key().getSegment())
        .setSegmentValue(month.key().getSegmentValue())
        .setSalesMarketingSpend(Ratio.of(spend, minorUnitsPerMajor))
        .setCustomersNew(customersNew)
        .setCac(cac.orNull())
        .setArpa(arpa.orNull())
        .setCustomerChurn6m(churn.orNull())
        .setLtvRevenue(ltvRevenue.orNull())
        .setLtv(ltv.orNull())
        .setLtvCac(ltv.over(cac).orNull())
        .setCacPaybackMonths(
            Fraction.of(spend, minorUnitsPerMajor)
                .over(newMrr.times(Fraction.of(grossMargin)))
                .orNull())
        .build();
  }

  /** A fraction that is rounded when it is asked for; with a denominator of zero it is unknown. */
  private record Fraction(BigDecimal numerator, BigDecimal denominator) {
    static Fraction of(long numerator, long denominator) {
      return new Fraction(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
    }

    static Fraction of(BigDecimal exact) {
      return new Fraction(exact, BigDecimal.ONE);
    }

    /** Known, and zero. */
    boolean isZero() {
      return numerator.signum() == 0 && denominator.signum() != 0;
    }

    Fraction times(Fraction other) {
      return new Fraction(
          numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** Unknown too where the divisor is zero or unknown. */
    Fraction over(Fraction divisor) {
      return divisor.denominator.signum() == 0
          ? divisor
          : new Fraction(
              numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
    }

    @Nullable BigDecimal orNull() {
      return denominator.signum() == 0 ? null : Ratio.of(numerator, denominator);
    }
  }
}
