package org.stripeanalytics.marts;

import java.time.LocalDate;

/**
 * A period of a segment value: what moved in it, and the running totals before and after it.
 *
 * @param period first day of the day or month
 */
record RolledPeriod(
    SegmentKey segment, LocalDate period, MrrSums opening, MrrSums moved, MrrSums closing) {}
