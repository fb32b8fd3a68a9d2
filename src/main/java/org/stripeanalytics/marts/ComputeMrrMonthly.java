package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.MRR_MONTHLY;
import static org.stripeanalytics.marts.MrrMeasure.ARR;
import static org.stripeanalytics.marts.MrrMeasure.ARR_BILLED;
import static org.stripeanalytics.marts.MrrMeasure.ARR_ENDING;
import static org.stripeanalytics.marts.MrrMeasure.ARR_LIST;
import static org.stripeanalytics.marts.MrrMeasure.ARR_OTHER;
import static org.stripeanalytics.marts.MrrMeasure.ARR_PAST_DUE;
import static org.stripeanalytics.marts.MrrMeasure.ARR_PROFESSIONAL;
import static org.stripeanalytics.marts.MrrMeasure.ARR_STARTER;
import static org.stripeanalytics.marts.MrrMeasure.CHURN;
import static org.stripeanalytics.marts.MrrMeasure.CONTRACTION;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_CHURNED;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_NEW;
import static org.stripeanalytics.marts.MrrMeasure.CUSTOMERS_REACTIVATED;
import static org.stripeanalytics.marts.MrrMeasure.EXPANSION;
import static org.stripeanalytics.marts.MrrMeasure.NET_CHURN;
import static org.stripeanalytics.marts.MrrMeasure.NET_CONTRACTION;
import static org.stripeanalytics.marts.MrrMeasure.NET_EXPANSION;
import static org.stripeanalytics.marts.MrrMeasure.NET_NEW;
import static org.stripeanalytics.marts.MrrMeasure.NET_REACTIVATION;
import static org.stripeanalytics.marts.MrrMeasure.NEW;
import static org.stripeanalytics.marts.MrrMeasure.REACTIVATION;

import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MrrMonthly;

/**
 * {@code marts.mrr_monthly}: one row per month and segment value. Movements are the sums of the
 * daily ones; the {@code net_} columns compare month ends; levels are those at the last instant.
 * Rows run from the segment value's first movement to the last month that the interval finishes.
 * Money in major units of the reporting currency. Definitions: {@code
 * schemas/marts/mrr_monthly.json}.
 */
public final class ComputeMrrMonthly {

  /** How its rows follow from the sums. */
  public static Mart<MrrMeasure, MrrMonthly> of(DataInterval interval, ReportingFrame frame) {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    return new Mart<>(
        MRR_MONTHLY,
        Grain.MONTH,
        MrrMeasure.class,
        CUSTOMERS_NEW,
        interval,
        period -> row(period, revenue));
  }

  static MrrMonthly row(RolledPeriod<MrrMeasure> period, MonthlyRevenue revenue) {
    Sums<MrrMeasure> opening = period.opening();
    Sums<MrrMeasure> moved = period.moved();
    Sums<MrrMeasure> closing = period.closing();
    return MrrMonthly.builder()
        .setMonth(period.period())
        .setSegment(period.key().getSegment())
        .setSegmentValue(period.key().getSegmentValue())
        .setMrrStart(revenue.perMonth(opening.get(ARR)))
        .setMrrNew(revenue.perMonth(moved.get(NEW)))
        .setMrrReactivation(revenue.perMonth(moved.get(REACTIVATION)))
        .setMrrExpansion(revenue.perMonth(moved.get(EXPANSION)))
        .setMrrContraction(revenue.perMonth(moved.get(CONTRACTION)))
        .setMrrChurn(revenue.perMonth(moved.get(CHURN)))
        .setMrrEnd(revenue.perMonth(closing.get(ARR)))
        .setNetNew(revenue.perMonth(moved.get(NET_NEW)))
        .setNetReactivation(revenue.perMonth(moved.get(NET_REACTIVATION)))
        .setNetExpansion(revenue.perMonth(moved.get(NET_EXPANSION)))
        .setNetContraction(revenue.perMonth(moved.get(NET_CONTRACTION)))
        .setNetChurn(revenue.perMonth(moved.get(NET_CHURN)))
        .setMrrListEnd(revenue.perMonth(closing.get(ARR_LIST)))
        .setMrrBilledEnd(revenue.perMonth(closing.get(ARR_BILLED)))
        .setMrrPastDue(revenue.perMonth(closing.get(ARR_PAST_DUE)))
        .setScheduledChurnMrr(revenue.perMonth(closing.get(ARR_ENDING)))
        .setCustomersStart(opening.get(CUSTOMERS))
        .setCustomersNew(moved.get(CUSTOMERS_NEW))
        .setCustomersReactivated(moved.get(CUSTOMERS_REACTIVATED))
        .setCustomersChurned(moved.get(CUSTOMERS_CHURNED))
        .setCustomersEnd(closing.get(CUSTOMERS))
        .setArrEnd(revenue.perYear(closing.get(ARR)))
        .setArpa(revenue.perMonthAndCustomer(closing.get(ARR), closing.get(CUSTOMERS)))
        .setMrrEndStarter(revenue.perMonth(closing.get(ARR_STARTER)))
        .setMrrEndProfessional(revenue.perMonth(closing.get(ARR_PROFESSIONAL)))
        .setMrrEndOther(revenue.perMonth(closing.get(ARR_OTHER)))
        .build();
  }

  private ComputeMrrMonthly() {}
}
