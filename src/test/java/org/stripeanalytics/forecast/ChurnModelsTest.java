package org.stripeanalytics.forecast;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
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
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.model.marts.ChurnFeatures;
import org.stripeanalytics.model.marts.ChurnRisk;
import org.stripeanalytics.model.marts.ModelEvaluation;
import org.stripeanalytics.model.marts.MonthGate;

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
  void whatComesAfterTheEndOfAMonthChangesNothingOfWhatWasPublishedThen() {
    LocalDate april = LocalDate.parse("2025-04-01");
    List<CountedMonth> otherwise =
        Stream.concat(
                MONTHS.stream().filter(month -> month.month().isBefore(april)),
                shuffled(MONTHS.stream().filter(m -> !m.month().isBefore(april)).toList()).stream())
            .toList();

    Gates gates =
        new EvaluateModels(ChurnModels.fit(otherwise, AS_OF), otherwise, AS_OF).evaluate().gates();

    // At the end of April the outcomes of April are not known yet.
    assertThat(
        gates.byMonth().headMap(april, true),
        is(EVALUATION.gates().byMonth().headMap(april, true)));
    assertThat(
        gates.of(DECEMBER, Horizon.ONE_MONTH).published()
            + " "
            + EVALUATION.gates().of(DECEMBER, Horizon.ONE_MONTH).published(),
        is("baseline model"));
  }

  @Test
  void everyMonthHasItsGateAndTheNewestDecidesWhatTheRowSays() {
    ModelEvaluation row = ofAll(EVALUATION, 1);
    MonthGate first = row.getGates().get(0);
    MonthGate last = row.getGates().get(14);

    assertThat(first.getMonth() + " " + first.getPublished(), is("2024-10-01 model"));
    assertThat(last.getMonth() + " " + last.getReason(), is("2025-12-01 " + row.getReason()));
  }

  @Test
  void aYoungAccountShowsTheBaselineUntilThereIsSomethingToTestTheModelOn() {
    LocalDate july = LocalDate.parse("2025-07-01");
    List<CountedMonth> young =
        MONTHS.stream().filter(month -> !month.month().isBefore(july)).toList();

    Gates gates =
        new EvaluateModels(ChurnModels.fit(young, AS_OF), young, AS_OF).evaluate().gates();

    // The models of October knew July and August; what they say of September is known a month
    // later.
    assertThat(
        gates.of(LocalDate.parse("2025-09-01"), Horizon.ONE_MONTH).reason(),
        startsWith("no outcome was known"));
    assertThat(
        gates.of(LocalDate.parse("2025-10-01"), Horizon.ONE_MONTH).reason(),
        containsString("AUC 0."));
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
    Gates gates = new EvaluateModels(none, List.of(), AS_OF).evaluate().gates();

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
