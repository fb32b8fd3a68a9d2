package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.prediction.Cohort;
import org.stripeanalytics.prediction.RemainingLifetime;
import org.stripeanalytics.prediction.RetentionFit;
import org.stripeanalytics.prediction.RetentionFit.Outcome;
import org.stripeanalytics.prediction.RetentionModel;

/** The command {@code fit-retention}: fits a retention curve to the counts of a cohort. */
final class FitRetentionCommand {
  static final String USAGE =
      """
      Usage: fit-retention --counts=FILE.csv [--name=value …]
        --counts=FILE.csv    columns period, customers: all customers of a cohort in period 0 or 1, then
                             those who are left; counts, or shares such as percent
        --model=sbg          sbg, the shifted-beta-geometric, or bdw, the beta-discrete-Weibull
        --fit=N              periods after the first that are fitted; default: all there are
        --forecast=0         periods after those that are forecast
        --discount=0.1       per period, for the expected remaining lifetime (DERL)
        --format=table       table, csv or json
      Retention is the share of the period before that is still there. DERL is how many more periods a
      customer of the period before is expected to stay, seen just before they renew or leave.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of("counts", "model", "fit", "forecast", "discount", "format");
  private static final ImmutableList<String> PERIOD_COLUMNS =
      ImmutableList.of(
          "period",
          "part",
          "customers",
          "expected_customers",
          "survival_observed",
          "survival",
          "retention_observed",
          "retention",
          "derl");
  private static final int MOST_PERIODS = 10_000;
  private static final double USUAL_DISCOUNT = 0.1;
  private static final double MOST_DISCOUNT = 10;

  private final Terminal terminal;

  FitRetentionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(List<String> args) throws IOException {
    CommandOptions options = CommandOptions.parse(args, OPTIONS);
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    AnswerFormat format = AnswerFormat.named(options.text("format").orElse("table"));
    RetentionModel model = model(options.text("model").orElse("sbg"));
    int forecast = (int) options.whole("forecast", 0, 0, MOST_PERIODS);
    double discount =
        options.number(
            "discount",
            USUAL_DISCOUNT,
            "a number from 0.0001 to 10, such as 0.1 for 10 % a period",
            rate -> rate >= RemainingLifetime.LEAST_DISCOUNT && rate <= MOST_DISCOUNT);
    CohortFile file = CohortFile.read(options.file("counts"));
    int fitted = (int) options.whole("fit", file.renewals(), 1, MOST_PERIODS);
    check(file, model, fitted);
    RetentionFit fit = model.fit(file.cohort().until(fitted));
    terminal.answer(new Forecast(file, model, fit, fitted, forecast, discount).render(format));
    return ExitStatus.DONE;
  }

  private static RetentionModel model(String name) {
    return Arrays.stream(RetentionModel.values())
        .filter(model -> name(model).equals(name))
        .findFirst()
        .orElseThrow(() -> new BadInput("--model=" + name + " is not known; allowed are sbg, bdw"));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void check(CohortFile file, RetentionModel model, int fitted) {
    if (fitted > file.renewals()) {
      throw new BadInput(
          "--fit=%d needs %d rows; %s has %d"
              .formatted(fitted, fitted + 1, file.path(), file.customers().size()));
    }
    if (fitted < model.parameters()) {
      throw new BadInput(
          "%d periods after the first are too few for %s, which has %d parameters; give as many"
              .formatted(fitted, name(model), model.parameters()));
    }
    Cohort cohort = file.cohort();
    if (cohort.left(fitted) == cohort.left(0)) {
      throw new BadInput(file.path() + " loses nobody in the periods to be fitted");
    }
    if (cohort.left(1) == 0) {
      throw new BadInput(file.path() + " loses everybody at once; there is no curve to be fitted");
    }
  }

  /** What is answered. */
  private record Forecast(
      CohortFile file,
      RetentionModel model,
      RetentionFit fit,
      int fitted,
      int forecast,
      double discount) {

    String render(AnswerFormat format) {
      Figures figures = new Figures().facts("fit", facts());
      figures.table("periods", PERIOD_COLUMNS, periods());
      notes().forEach(figures::note);
      return figures.render(format);
    }

    private Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("model", name(model));
      facts.put("outcome", name(fit.outcome()));
      facts.put("alpha", null);
      facts.put("beta", null);
      facts.putAll(fit.curve().parameters());
      facts.put("log_likelihood", fit.logLikelihood());
      facts.put("customers", file.customers().get(0));
      facts.put("periods_fitted", (long) fitted);
      facts.put("discount", discount);
      forecastError().ifPresent(error -> facts.put("forecast_mape", error));
      return facts;
    }

    /** Mean absolute percentage error of those forecast periods that the file knows, as a share. */
    private OptionalDouble forecastError() {
      return IntStream.rangeClosed(fitted + 1, Math.min(file.renewals(), fitted + forecast))
          .filter(t -> file.customers().get(t).signum() > 0)
          .mapToDouble(t -> Math.abs(expected(t) / file.cohort().left(t) - 1))
          .average();
    }

    private double expected(int renewals) {
      return file.cohort().left(0) * fit.curve().survival(renewals);
    }

    private List<List<Object>> periods() {
      int last = fitted + forecast;
      ImmutableDoubleArray lifetimes = RemainingLifetime.of(fit.curve(), discount, last);
      List<List<Object>> rows = new ArrayList<>();
      for (int t = 0; t <= last; t++) {
        boolean known = t <= file.renewals();
        List<@Nullable Object> row = new ArrayList<>();
        row.add((long) file.firstPeriod() + t);
        row.add(t == 0 ? "start" : t <= fitted ? "fit" : "forecast");
        row.add(known ? file.customers().get(t) : null);
        row.add(expected(t));
        row.add(known ? file.cohort().left(t) / file.cohort().left(0) : null);
        row.add(fit.curve().survival(t));
        row.add(known && t > 0 ? file.cohort().left(t) / file.cohort().left(t - 1) : null);
        row.add(t > 0 ? fit.curve().retention(t) : null);
        row.add(t > 0 ? lifetimes.get(t - 1) : null);
        rows.add(row);
      }
      return rows;
    }

    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (fit.outcome() == Outcome.ALL_ALIKE) {
        notes.add(
            "The data do not show that customers differ: alpha and beta grow without bound, and what"
                + " is left is the %s distribution with the probability theta to leave at the first renewal."
                    .formatted(model == RetentionModel.SBG ? "geometric" : "discrete Weibull"));
      } else if (fit.outcome() == Outcome.ONCE_OR_FOREVER) {
        notes.add(
            "Nobody leaves after the first renewal: alpha and beta go to 0, and of all customers the"
                + " share theta leaves at once, the others never.");
      } else if (fit.outcome() == Outcome.UNBOUNDED) {
        notes.add(
            "There is no greatest likelihood: it still grows where the search was stopped, at the"
                + " parameters above. They mean nothing by themselves; use the other model, or more"
                + " periods.");
      }
      if (file.firstPeriod() != 0) {
        notes.add(
            "All customers are there in period 1, so period %d is the last that was fitted."
                .formatted(1 + fitted));
      }
      if (file.hasFractions()) {
        notes.add(
            "The log likelihood is that of a cohort of %s; it grows in proportion to real counts."
                .formatted(file.customers().get(0).toPlainString()));
      }
      return notes;
    }
  }
}
