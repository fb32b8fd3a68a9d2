package org.stripeanalytics.forecast;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import org.stripeanalytics.prediction.Accuracy;

/**
 * Whether a model is good enough to be published: it has to rank customers better than their tenure
 * alone does, and its probabilities have to be right. Otherwise the baseline, tenure alone, is
 * published. So it is where a single feature ranks them so well that it must have seen the outcome.
 *
 * @param reason in words
 */
record Gate(boolean isPassed, String reason) implements Serializable {
  static final Gate UNTESTED = new Gate(false, "no outcome was known yet to test the model on");

  private static final double LEAST_GAIN = 0.02;
  private static final double LEAST_SLOPE = 0.8;
  private static final double GREATEST_SLOPE = 1.2;

  /** A feature that tells alone who leaves has most likely seen it. */
  private static final double MOST_ALONE = 0.95;

  /** With fewer a feature of many values tells them apart by chance. */
  private static final long LEAST_EVENTS = 30;

  /** What is shown. */
  String published() {
    return isPassed ? "model" : "baseline";
  }

  /**
   * @param alone how well each feature ranks the tested months alone, by its name
   */
  static Gate of(Accuracy model, Accuracy baseline, Map<String, Double> alone) {
    for (Map.Entry<String, Double> feature : alone.entrySet()) {
      if (model.events() >= LEAST_EVENTS && feature.getValue() > MOST_ALONE) {
        return new Gate(
            false,
            String.format(
                Locale.ROOT,
                "a feature knows what came: %s alone has an AUC of %.4f (at most %.2f)",
                feature.getKey(),
                feature.getValue(),
                MOST_ALONE));
      }
    }
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
