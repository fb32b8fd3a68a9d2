package org.stripeanalytics.prediction;

import com.google.common.collect.ImmutableMap;
import org.hipparchus.special.Beta;

/** What share of a cohort is still there after so many renewals. */
public sealed interface RetentionCurve {

  /** Natural logarithm of the share that is left after {@code renewals}; 0 for none. */
  double logSurvival(int renewals);

  /** Its parameters by name, in the order in which they are usually given. */
  ImmutableMap<String, Double> parameters();

  default double survival(int renewals) {
    return Math.exp(logSurvival(renewals));
  }

  /** Of those who have come to a renewal, counted from 1, the share that renews. */
  default double retention(int renewal) {
    return Math.exp(logSurvival(renewal) - logSurvival(renewal - 1));
  }

  /**
   * Shifted-beta-geometric: each customer leaves at every renewal with a probability of their own,
   * which is distributed over customers as Beta(alpha, beta). Fader and Hardie, How to Project
   * Customer Retention, Journal of Interactive Marketing 21 (2007).
   */
  record ShiftedBetaGeometric(double alpha, double beta) implements RetentionCurve {
    @Override
    public double logSurvival(int renewals) {
      return Beta.logBeta(alpha, beta + renewals) - Beta.logBeta(alpha, beta);
    }

    @Override
    public double retention(int renewal) {
      return (beta + renewal - 1) / (alpha + beta + renewal - 1);
    }

    @Override
    public ImmutableMap<String, Double> parameters() {
      return ImmutableMap.of("alpha", alpha, "beta", beta);
    }
  }

  /**
   * Beta-discrete-Weibull: as the shifted-beta-geometric, but a customer's probability to leave
   * changes with time; it grows where {@code c} is greater than 1. Fader, Hardie, Liu, Davin and
   * Steenburgh, "How to Project Customer Retention" Revisited, Journal of Interactive Marketing 43
   * (2018).
   */
  record BetaDiscreteWeibull(double alpha, double beta, double c) implements RetentionCurve {
    @Override
    public double logSurvival(int renewals) {
      return Beta.logBeta(alpha, beta + Math.pow(renewals, c)) - Beta.logBeta(alpha, beta);
    }

    @Override
    public ImmutableMap<String, Double> parameters() {
      return ImmutableMap.of("alpha", alpha, "beta", beta, "c", c);
    }
  }

  /**
   * All customers are alike: what the beta-discrete-Weibull becomes when alpha and beta grow
   * without bound, and with {@code c} = 1, which is the geometric distribution, the
   * shifted-beta-geometric.
   *
   * @param theta probability to leave at the first renewal
   */
  record DiscreteWeibull(double theta, double c) implements RetentionCurve {
    @Override
    public double logSurvival(int renewals) {
      return Math.pow(renewals, c) * Math.log1p(-theta);
    }

    @Override
    public ImmutableMap<String, Double> parameters() {
      return c == 1 ? ImmutableMap.of("theta", theta) : ImmutableMap.of("theta", theta, "c", c);
    }
  }

  /**
   * Whoever renews once stays for ever: what both become when alpha and beta go to 0.
   *
   * @param theta probability to leave at the first renewal
   */
  record OnceOrForever(double theta) implements RetentionCurve {
    @Override
    public double logSurvival(int renewals) {
      return renewals == 0 ? 0 : Math.log1p(-theta);
    }

    @Override
    public ImmutableMap<String, Double> parameters() {
      return ImmutableMap.of("theta", theta);
    }
  }
}
