package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.prediction.ChiSquare;
import org.stripeanalytics.prediction.CoxRegression;
import org.stripeanalytics.prediction.CoxRegression.Coefficient;
import org.stripeanalytics.prediction.CoxRegression.Finding;
import org.stripeanalytics.prediction.Observation;
import org.stripeanalytics.prediction.TieMethod;

/** Cox's regression on the groups and on covariates, with either way of counting ties. */
record HazardFigures(DurationsFile file, List<String> covariates) {
  private static final ImmutableList<String> COEFFICIENT_COLUMNS =
      ImmutableList.of(
          "ties",
          "term",
          "reference",
          "coefficient",
          "hazard_ratio",
          "std_error",
          "z",
          "p",
          "lower_95",
          "upper_95",
          "finding");
  private static final ImmutableList<String> TEST_COLUMNS =
      ImmutableList.of("ties", "test", "statistic", "degrees_of_freedom", "p");
  private static final ImmutableList<String> LIKELIHOOD_COLUMNS =
      ImmutableList.of("ties", "observations", "events", "at_zero", "at_maximum");

  void addTo(Figures figures) {
    if (terms() == 0) {
      return;
    }
    List<DurationsFile.Row> complete =
        file.rows().stream().filter(DurationsFile.Row::isComplete).toList();
    List<Observation> observations = complete.stream().map(DurationsFile.Row::observation).toList();
    int leftOut = file.rows().size() - complete.size();
    if (leftOut > 0) {
      figures.note(
          "Rows left out of Cox's regression because a covariate is missing: %d."
              .formatted(leftOut));
    }
    List<double[]> design = complete.stream().map(this::design).toList();
    ImmutableList<CoxRegression> fits =
        Arrays.stream(TieMethod.values())
            .flatMap(ties -> CoxRegression.fit(observations, design, ties).stream())
            .collect(toImmutableList());
    if (fits.isEmpty()) {
      figures.note("No event happens while those at risk differ, so there is no regression.");
      return;
    }
    add(figures, observations, fits);
  }

  private void add(Figures figures, List<Observation> observations, List<CoxRegression> fits) {
    List<List<Object>> coefficients = new ArrayList<>();
    List<List<Object>> likelihoods = new ArrayList<>();
    List<List<Object>> tests = new ArrayList<>();
    for (TieMethod ties : TieMethod.values()) {
      CoxRegression fit = fits.get(ties.ordinal());
      for (int term = 0; term < terms(); term++) {
        coefficients.add(row(name(ties), term, fit.coefficients().get(term)));
      }
      likelihoods.add(
          List.of(
              name(ties),
              (long) observations.size(),
              observations.stream().filter(Observation::event).count(),
              fit.logLikelihoodAtZero(),
              fit.logLikelihood()));
      tests.add(row(name(ties), "likelihood ratio", fit.likelihoodRatio()));
      if (fit.isFinite()) {
        tests.add(row(name(ties), "wald", fit.wald()));
      }
      tests.add(row(name(ties), "score", fit.score()));
    }
    figures.table("cox", COEFFICIENT_COLUMNS, coefficients);
    figures.table("cox_log_likelihood", LIKELIHOOD_COLUMNS, likelihoods);
    figures.table("cox_tests", TEST_COLUMNS, tests);
    for (int term = 0; term < terms(); term++) {
      Finding finding = fits.get(0).coefficients().get(term).finding();
      if (finding != Finding.ESTIMATED) {
        figures.note(note(name(term), finding));
      }
    }
  }

  private static String note(String term, Finding finding) {
    return switch (finding) {
      case INFINITE ->
          term
              + " has no finite coefficient: the likelihood grows as it goes to infinity, because events"
              + " are separated by it (monotone likelihood).";
      case MINUS_INFINITE ->
          term
              + " has no finite coefficient: the likelihood grows as it goes to minus infinity, because"
              + " events are separated by it (monotone likelihood).";
      case NOT_ESTIMABLE ->
          term
              + " has no coefficient: wherever an event happens, it is the same for all at risk or"
              + " follows from the terms before it.";
      case ESTIMATED -> throw new IllegalArgumentException(term);
    };
  }

  /** One for each group but the first, then the covariates. */
  private int terms() {
    return file.groups().size() - 1 + covariates.size();
  }

  private double[] design(DurationsFile.Row row) {
    double[] design = new double[terms()];
    int groups = file.groups().size() - 1;
    int group = file.groups().indexOf(row.group());
    if (group > 0) {
      design[group - 1] = 1;
    }
    System.arraycopy(row.covariates(), 0, design, groups, covariates.size());
    return design;
  }

  private boolean isGroup(int term) {
    return term < file.groups().size() - 1;
  }

  private String name(int term) {
    return isGroup(term)
        ? file.groups().get(term + 1)
        : covariates.get(term - file.groups().size() + 1);
  }

  private static String name(TieMethod ties) {
    return ties.name().toLowerCase(Locale.ROOT);
  }

  private List<Object> row(String ties, int term, Coefficient coefficient) {
    @Nullable String reference = isGroup(term) ? file.groups().get(0) : null;
    return Arrays.asList(
        ties,
        name(term),
        reference,
        coefficient.value(),
        coefficient.hazardRatio(),
        coefficient.standardError(),
        coefficient.z(),
        coefficient.p(),
        coefficient.hazardRatioBound(-1),
        coefficient.hazardRatioBound(1),
        coefficient.finding().name().toLowerCase(Locale.ROOT));
  }

  private static List<Object> row(String ties, String test, ChiSquare result) {
    return List.of(ties, test, result.statistic(), (long) result.degreesOfFreedom(), result.p());
  }
}
