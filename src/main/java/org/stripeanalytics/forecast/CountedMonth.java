package org.stripeanalytics.forecast;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;

/**
 * Customers who were alike at the end of a month.
 *
 * @param pattern a value for each {@link RiskFeature}
 */
record CountedMonth(LocalDate month, ImmutableList<String> pattern, OutcomeCounts counts) {}
