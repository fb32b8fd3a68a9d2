package org.stripeanalytics.prediction;

/**
 * A curve fitted to a cohort by maximum likelihood.
 *
 * @param logLikelihood Σ lost(t) · ln(S(t−1) − S(t)) + left(N) · ln S(N), over the renewals t = 1
 *     to N that were fitted
 */
public record RetentionFit(RetentionCurve curve, double logLikelihood, Outcome outcome) {

  /** Where the greatest likelihood was found. */
  public enum Outcome {
    /** At parameters that are finite and positive. */
    FOUND,
    /** Where alpha and beta grow without bound: nothing says that customers differ. */
    ALL_ALIKE,
    /** Where alpha and beta go to 0: nobody leaves after the first renewal. */
    ONCE_OR_FOREVER,
    /** Nowhere: it still grows as parameters leave every bound, where the search was stopped. */
    UNBOUNDED
  }
}
