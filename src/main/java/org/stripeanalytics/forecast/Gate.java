package org.stripeanalytics.forecast;

import java.io.Serializable;
import java.util.Locale;
import org.stripeanalytics.prediction.Accuracy;

/**
 * Whether a model is good enough to be published: it has to rank customers better than their tenure
 * alone does, and its probabilities have to be right. Otherwise the baseline, tenure alone, is
 * published.
 *
 * @param reason in words
 */
record Gate(boolean isPassed, String reason) implements Serializable {
  static final Gate UNTESTED = new Gate(false, "no outcome is known yet to test the model on");

  private static final double LEAST_GAIN = 0.02;
  private static final double LEAST_SLOPE = 0.8;
  private static final double GREATEST_SLOPE = 1.2;

  static Gate of(Accuracy model, Accuracy baseline) {
    double gain = model.auc() - baseline.auc();
    double slope = model.calibration().slope();
    String measured =
        String.format(
            Locale.ROOT,
            "AUC %.4f against %.4f of tenure alone (at least +%.2f), calibration slope %.3f (%.1f"
                + " to %.1f)",
            model.auc(),
            baseline.auc(),
            LEAST_GAIN,
            slope,
            LEAST_SLOPE,
            GREATEST_SLOPE);
    if (!(gain >= LEAST_GAIN)) {
      return new Gate(false, "ranks no better than tenure alone: " + measured);
    }
    if (!(slope >= LEAST_SLOPE && slope <= GREATEST_SLOPE)) {
      return new Gate(false, "its probabilities are off: " + measured);
    }
    return new Gate(true, "passed: " + measured);
  }
}
