package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.MRR_DAILY;
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
import static org.stripeanalytics.marts.MrrMeasure.NEW;
import static org.stripeanalytics.marts.MrrMeasure.REACTIVATION;

import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.marts.MrrDaily;

/**
 * {@code marts.mrr_daily}: one row per day and segment value, with the movements of the day and the
 * levels at its last instant. Rows run from the segment value's first movement to the last day that
 * the interval finishes. Money in major units of the reporting currency. Definitions: {@code
 * schemas/marts/mrr_daily.json}.
 */
public final class ComputeMrrDaily {

  /** How its rows follow from the sums. */
  public static Mart<MrrMeasure, MrrDaily> of(DataInterval interval, ReportingFrame frame) {
    MonthlyRevenue revenue = MonthlyRevenue.in(frame.currency());
    return new Mart<>(
        MRR_DAILY,
        Grain.DAY,
        MrrMeasure.class,
        CUSTOMERS_NEW,
        interval,
        period -> row(period, revenue));
  }

  static MrrDaily row(RolledPeriod<MrrMeasure> period, MonthlyRevenue revenue) {
    Sums<MrrMeasure> opening = period.opening();
    Sums<MrrMeasure> moved = period.moved();
    Sums<MrrMeasure> closing = period.closing();
    return MrrDaily.builder()
        .setDay(period.period())
        .setSegment(period.key().getSegment())
        .setSegmentValue(period.key().getSegmentValue())
        .setMrrStart(revenue.perMonth(opening.get(ARR)))
        .setMrrNew(revenue.perMonth(moved.get(NEW)))
        .setMrrReactivation(revenue.perMonth(moved.get(REACTIVATION)))
        .setMrrExpansion(revenue.perMonth(moved.get(EXPANSION)))
        .setMrrContraction(revenue.perMonth(moved.get(CONTRACTION)))
        .setMrrChurn(revenue.perMonth(moved.get(CHURN)))
        .setMrrEnd(revenue.perMonth(closing.get(ARR)))
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

  private ComputeMrrDaily() {}
}
