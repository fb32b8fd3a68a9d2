package org.stripeanalytics.forecast;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.prediction.Accuracy;
import org.stripeanalytics.prediction.Accuracy.Scored;
import org.stripeanalytics.synthesis.TrueRisk;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/**
 * The predictions of a simulated account beside the best possible ones, over the same customers and
 * months: those of {@code churn_risk} for which the model is published and whose outcome within a
 * month is known.
 *
 * @param optimum of the hazards that the account was simulated with
 * @param published what {@code churn_risk} shows
 * @param expectedOptimum of the same hazards over all that could have come of these customers, each
 *     outcome by its probability, so that no luck is in it
 * @param expectedPublished likewise
 */
record OptimumComparison(
    Accuracy optimum, Accuracy published, Accuracy expectedOptimum, Accuracy expectedPublished) {
  /** Into so many equal customers one is divided, of whom the hazard's share leaves. */
  private static final long PARTS = 1_000_000;

  static OptimumComparison of(Warehouse... warehouses) {
    TrueRisk truth = TrueRisk.ofDefaults();
    List<Scored> optimum = new ArrayList<>();
    List<Scored> published = new ArrayList<>();
    List<Scored> expectedOptimum = new ArrayList<>();
    List<Scored> expectedPublished = new ArrayList<>();
    for (Warehouse warehouse : warehouses) {
      Map<String, ChurnFeatures> features = new HashMap<>();
      for (ChurnFeatures row : warehouse.list(TableRead.of(Tables.CHURN_FEATURES))) {
        features.put(key(row.getCustomerId(), row.getMonth()), row);
      }
      for (ChurnRisk row : warehouse.list(TableRead.of(Tables.CHURN_RISK))) {
        if (row.getOutcome1m() != null && row.getMethod1m().equals("model")) {
          long events = row.getOutcome1m().equals(Outcome.STAYED) ? 0 : 1;
          double best = truth.withinAMonth(features.get(key(row.getCustomerId(), row.getMonth())));
          double shown = row.getP1m().doubleValue();
          long leaving = Math.round(best * PARTS);
          optimum.add(new Scored(best, 1, events));
          published.add(new Scored(shown, 1, events));
          expectedOptimum.add(new Scored(best, PARTS, leaving));
          expectedPublished.add(new Scored(shown, PARTS, leaving));
        }
      }
    }
    return new OptimumComparison(
        Accuracy.of(optimum),
        Accuracy.of(published),
        Accuracy.of(expectedOptimum),
        Accuracy.of(expectedPublished));
  }

  /** How far the published predictions come from guessing, which is 0, to the optimum, 1. */
  double shareOfTheWay() {
    return (published.auc() - 0.5) / (optimum.auc() - 0.5);
  }

  /** The same without the luck of what came. */
  double expectedShareOfTheWay() {
    return (expectedPublished.auc() - 0.5) / (expectedOptimum.auc() - 0.5);
  }

  private static String key(String customer, LocalDate month) {
    return customer + " " + month;
  }

  /** Prints the comparison of a warehouse file. */
  public static void main(String[] args) {
    for (String file : args) {
      OptimumComparison comparison =
          of(DuckDbWarehouse.open(Path.of(file), ZoneOffset.UTC, Clock.systemUTC()));
      System.out.printf(
          "%s: %.3f of the way, %.3f expected%n",
          file, comparison.shareOfTheWay(), comparison.expectedShareOfTheWay());
      print("optimum", comparison.optimum);
      print("published", comparison.published);
    }
  }

  private static void print(String name, Accuracy a) {
    System.out.printf(
        "  %-9s n %d events %d auc %.4f brier %s ece %.4f lift %.2f slope %.3f%n",
        name,
        a.trials(),
        a.events(),
        a.auc(),
        BigDecimal.valueOf(a.brier()).setScale(6, java.math.RoundingMode.HALF_UP),
        a.expectedCalibrationError(),
        a.liftOfTopTenth(),
        a.calibration().slope());
  }
}
