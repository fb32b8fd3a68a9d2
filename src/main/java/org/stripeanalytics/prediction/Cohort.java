package org.stripeanalytics.prediction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * How many of those who began together are left after 0, 1, 2 … renewals. They may be given as
 * shares too, such as percent: the parameters that are fitted are the same.
 */
public record Cohort(ImmutableDoubleArray customers) {
  public Cohort {
    checkArgument(customers.length() > 0 && customers.get(0) > 0, "nobody began: %s", customers);
    for (int i = 0; i < customers.length(); i++) {
      checkArgument(
          customers.get(i) >= 0 && (i == 0 || customers.get(i) <= customers.get(i - 1)),
          "customers never grow in number: %s",
          customers);
    }
  }

  /** How many renewals have been seen. */
  public int renewals() {
    return customers.length() - 1;
  }

  public double left(int renewals) {
    return customers.get(renewals);
  }

  /** How many left at a renewal, counted from 1. */
  public double lost(int renewal) {
    return left(renewal - 1) - left(renewal);
  }

  /** The same cohort, seen only so far. */
  public Cohort until(int renewals) {
    return new Cohort(customers.subArray(0, renewals + 1));
  }
}
