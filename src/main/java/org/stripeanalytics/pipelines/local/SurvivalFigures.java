package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.prediction.ChiSquare;
import org.stripeanalytics.prediction.KaplanMeier;
import org.stripeanalytics.prediction.LogRank;
import org.stripeanalytics.prediction.Observation;

/** How many are left of each group, and whether the groups differ. */
record SurvivalFigures(DurationsFile file, KaplanMeier.Interval interval) {
  private static final ImmutableList<String> GROUP_COLUMNS =
      ImmutableList.of(
          "group", "observations", "events", "median", "median_lower_95", "median_upper_95");
  private static final ImmutableList<String> SURVIVAL_COLUMNS =
      ImmutableList.of(
          "group", "time", "at_risk", "events", "survival", "std_error", "lower_95", "upper_95");

  void addTo(Figures figures) {
    List<List<Object>> groups = new ArrayList<>();
    List<List<Object>> curves = new ArrayList<>();
    for (String group : file.groups()) {
      List<Observation> observations = file.of(group);
      KaplanMeier curve = KaplanMeier.of(observations, interval);
      groups.add(summary(group, observations, curve));
      curve.steps().forEach(step -> curves.add(row(group, step)));
      curve.middleOfExactHalf().ifPresent(middle -> figures.note(exactHalf(group, curve, middle)));
    }
    figures.table("groups", GROUP_COLUMNS, groups);
    figures.table("survival", SURVIVAL_COLUMNS, curves);
    if (file.groups().size() > 1) {
      addLogRank(figures);
    }
  }

  private static String exactHalf(String group, KaplanMeier curve, double middle) {
    return "%s are exactly half from %s on; R reports the middle of that time, %s, as the median."
        .formatted(
            group.isEmpty() ? "Survivors" : "Survivors of " + group,
            Values.toText(time(curve.median().getAsDouble())),
            Values.toText(time(middle)));
  }

  private static List<Object> summary(
      String group, List<Observation> observations, KaplanMeier curve) {
    return Arrays.asList(
        shown(group),
        (long) observations.size(),
        observations.stream().filter(Observation::event).count(),
        orNull(curve.median()),
        orNull(curve.medianLower()),
        orNull(curve.medianUpper()));
  }

  private static @Nullable String shown(String group) {
    return group.isEmpty() ? null : group;
  }

  private static @Nullable BigDecimal orNull(OptionalDouble time) {
    return time.isPresent() ? time(time.getAsDouble()) : null;
  }

  /** As it was written in the file, which is more often than not without decimals. */
  private static BigDecimal time(double time) {
    return BigDecimal.valueOf(time);
  }

  private static List<Object> row(String group, KaplanMeier.Step step) {
    return Arrays.asList(
        shown(group),
        time(step.time()),
        (long) step.atRisk(),
        (long) step.events(),
        step.survival(),
        step.standardError(),
        step.lower(),
        step.upper());
  }

  private void addLogRank(Figures figures) {
    LogRank logRank = LogRank.of(file.groups().stream().map(file::of).toList());
    List<List<Object>> rows = new ArrayList<>();
    for (int g = 0; g < file.groups().size(); g++) {
      rows.add(
          List.of(
              file.groups().get(g), (long) logRank.observed().get(g), logRank.expected().get(g)));
    }
    figures.table(
        "log_rank", ImmutableList.of("group", "events_observed", "events_expected"), rows);
    Map<String, Object> test = new LinkedHashMap<>();
    logRank.test().ifPresent(chiSquare -> test.putAll(facts(chiSquare)));
    if (test.isEmpty()) {
      figures.note("No event happens while two groups are at risk, so nothing can be compared.");
    } else {
      figures.facts("log_rank_test", test);
    }
  }

  private static Map<String, Object> facts(ChiSquare chiSquare) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("chi_square", chiSquare.statistic());
    facts.put("degrees_of_freedom", (long) chiSquare.degreesOfFreedom());
    facts.put("p", chiSquare.p());
    return facts;
  }
}
