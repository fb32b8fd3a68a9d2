package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.stripeanalytics.forecast.SyntheticMonths.AS_OF;
import static org.stripeanalytics.forecast.SyntheticMonths.aPayingCustomer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.marts.ModelEvaluation;

class ChurnModelsTest {
  private static final LocalDate DECEMBER = LocalDate.parse("2025-12-01");

  private static final List<CountedMonth> MONTHS = SyntheticMonths.of(7, ChurnModelsTest::hazard);
  private static final ChurnModels MODELS = ChurnModels.fit(MONTHS, AS_OF);
  private static final EvaluateModels.Evaluation EVALUATION =
      new EvaluateModels(MODELS, MONTHS, AS_OF).evaluate();

  private static double hazard(ChurnFeatures features) {
    return (features.getPlan().equals("starter") ? 0.04 : 0.02)
        * (features.getBillsPaid() == 1 ? 2 : 1)
        * (features.getFailedAttemptsOpen() > 0 ? 5 : 1);
  }

  private static ModelEvaluation ofAll(EvaluateModels.Evaluation evaluation, int horizon) {
    return evaluation.rows().stream()
        .filter(row -> row.getHorizonMonths() == horizon)
        .filter(row -> row.getRisk().equals("any") && row.getSegment().equals("all"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001})
  void whereHardlyAnybodyLeavesNobodyIsMoreAtRiskThanTheOthers(double hazard) {
    List<CountedMonth> months = SyntheticMonths.of(7, features -> hazard);
    ChurnModels models = ChurnModels.fit(months, AS_OF);
    ScoreCustomer scorer =
        new ScoreCustomer(
            models, new EvaluateModels(models, months, AS_OF).evaluate().gates(), "usd");

    ChurnRisk risk =
        scorer.score(observed(aPayingCustomer(DECEMBER).setFailedAttemptsOpen(1))).orElseThrow();

    assertThat(risk.getBand(), is("low"));
  }

  @Test
  void predictsTheHazardsThatTheCustomersHave() {
    ChurnRisk risk = score(aPayingCustomer(DECEMBER).setBillsPaid(1).setFailedAttemptsOpen(1));

    assertThat(risk.getP1mVoluntary().doubleValue(), closeTo(0.40, 0.08));
    assertThat(risk.getP1mInvoluntary().doubleValue(), closeTo(0.20, 0.08));
    assertThat(risk.getP1m(), is(risk.getP1mVoluntary().add(risk.getP1mInvoluntary())));
    assertThat(risk.getBand(), is("high"));
    assertThat(
        risk.getContributions().stream().map(c -> c.getWords()).toList(),
        contains(
            "days to the next bill: the last one is unpaid", "bills paid: 1", "plan: starter"));
  }

  @Test
  void nothingIsPredictedOfWhoHasAnnouncedToLeave() {
    ChurnRisk risk = score(aPayingCustomer(DECEMBER).setIsAnnounced(true));

    assertThat(
        Stream.of(risk.getBand(), risk.getMethod1m(), risk.getMethod3m()).distinct().toList(),
        contains("announced"));
    assertThat(risk.getP1m() == null && risk.getTrainedBefore() == null, is(true));
  }

  @Test
  void aModelHasSeenOnlyWhatHappenedBeforeTheMonthsItScores() {
    LocalDate july = LocalDate.parse("2025-07-01");
    List<CountedMonth> past =
        MONTHS.stream()
            .filter(month -> month.month().isBefore(LocalDate.parse("2025-06-01")))
            .toList();

    assertThat(ChurnModels.fittedOn(LocalDate.parse("2025-06-01")), is(july));
    assertThat(ChurnModels.fittedOn(LocalDate.parse("2025-08-01")), is(july));
    assertThat(ChurnModels.fit(past, AS_OF).fitted().get(july), is(MODELS.fitted().get(july)));
  }

  @Test
  void theOrderOfTheCountsChangesNoBit() {
    assertThat(ChurnModels.fit(Lists.reverse(MONTHS), AS_OF), is(MODELS));
  }

  @Test
  void aModelThatRanksBetterThanTenureAndIsCalibratedPasses() {
    ModelEvaluation row = ofAll(EVALUATION, 1);

    assertThat(row.getPublished() + " " + row.getReason(), startsWith("model passed: AUC 0."));
    assertThat(row.getTestedFrom() + " to " + row.getTestedTo(), is("2024-10-01 to 2025-11-01"));
    assertThat(row.getCustomerMonths(), is(4_200L));
    assertThat(row.getEce().doubleValue(), closeTo(0, 0.015));
    assertThat(row.getCalibrationSlope().doubleValue(), closeTo(1, 0.15));
  }

  @Test
  void withShuffledOutcomesNothingIsLearnedAndTheBaselineIsPublished() {
    List<CountedMonth> shuffled = shuffled(MONTHS);
    EvaluateModels.Evaluation evaluation =
        new EvaluateModels(ChurnModels.fit(shuffled, AS_OF), shuffled, AS_OF).evaluate();
    ModelEvaluation row = ofAll(evaluation, 1);

    assertThat(row.getAuc().doubleValue(), closeTo(0.5, 0.03));
    assertThat(
        row.getPublished() + " " + row.getReason(),
        startsWith("baseline ranks no better than tenure alone: AUC 0."));
    assertThat(
        new ScoreCustomer(MODELS, evaluation.gates(), "usd")
            .score(observed(aPayingCustomer(DECEMBER)))
            .orElseThrow()
            .getMethod1m(),
        is("baseline"));
  }

  @Test
  void aFeatureThatKnowsWhatCameKeepsTheModelFromBeingPublished() {
    List<CountedMonth> leaking =
        MONTHS.stream()
            .map(
                month ->
                    month.counts().getVoluntary1m() + month.counts().getInvoluntary1m() > 0
                        ? in("germany", month)
                        : in("france", month))
            .toList();

    ModelEvaluation row =
        ofAll(new EvaluateModels(ChurnModels.fit(leaking, AS_OF), leaking, AS_OF).evaluate(), 1);

    assertThat(
        row.getPublished() + " " + row.getReason(),
        is("baseline a feature knows what came: region alone has an AUC of 1.0000 (at most 0.95)"));
  }

  private static CountedMonth in(String region, CountedMonth month) {
    List<String> pattern = Lists.newArrayList(month.pattern());
    pattern.set(RiskFeature.REGION.ordinal(), region);
    return new CountedMonth(month.month(), ImmutableList.copyOf(pattern), month.counts());
  }

  @Test
  void anAccountWithoutAnOutcomePredictsNothing() {
    ChurnModels none = ChurnModels.fit(List.of(), AS_OF);
    Map<Horizon, Gate> gates = new EvaluateModels(none, List.of(), AS_OF).evaluate().gates();

    ChurnRisk risk =
        new ScoreCustomer(none, gates, "usd")
            .score(observed(aPayingCustomer(DECEMBER)))
            .orElseThrow();

    assertThat(risk.getBand() + " " + risk.getMethod1m(), is("unknown none"));
    assertThat(risk.getMrr(), is(new BigDecimal("20.000000000")));
  }

  @Test
  void mrrIsInMajorUnitsOfTheReportingCurrency() {
    ChurnRisk risk =
        new ScoreCustomer(MODELS, EVALUATION.gates(), "jpy")
            .score(observed(aPayingCustomer(DECEMBER)))
            .orElseThrow();

    assertThat(risk.getMrr(), is(new BigDecimal("2000.000000000")));
  }

  private static ChurnRisk score(ChurnFeatures.Builder features) {
    return new ScoreCustomer(MODELS, EVALUATION.gates(), "usd")
        .score(observed(features))
        .orElseThrow();
  }

  private static ObservedMonth observed(ChurnFeatures.Builder features) {
    return ObservedMonth.builder().setFeatures(features.build()).build();
  }

  /** The outcomes of each month, dealt anew over its customers. */
  private static List<CountedMonth> shuffled(List<CountedMonth> months) {
    Random random = new Random(11);
    return months.stream()
        .map(CountedMonth::month)
        .distinct()
        .flatMap(
            month -> {
              List<CountedMonth> of = months.stream().filter(m -> m.month().equals(month)).toList();
              List<OutcomeCounts> counts =
                  Lists.newArrayList(of.stream().map(CountedMonth::counts).toList());
              Collections.shuffle(counts, random);
              return IntStream.range(0, of.size())
                  .mapToObj(i -> new CountedMonth(month, of.get(i).pattern(), counts.get(i)));
            })
        .toList();
  }
}
