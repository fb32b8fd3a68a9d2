package org.stripeanalytics.pipelines.local;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.prediction.KaplanMeier.Interval;

/** The command {@code survival}: describes and compares how long customers stay. */
final class SurvivalCommand {
  static final String USAGE =
      """
      Usage: survival --durations=FILE.csv [--name=value …]
        --durations=FILE.csv    columns duration, from 0 in any unit, and event: 1 where it happened, 0
                                where it had not by then (censored)
        --by=COLUMN             groups that are compared; default: the column group, if there is one;
                                --by= compares none
        --covariates=A,B        columns of numbers for Cox's regression, beside the groups
        --interval=log          scale of the 95 % intervals of survival: log or log-log
        --format=table          table, csv or json
      Kaplan and Meier's estimate with Greenwood's standard errors; medians; the log-rank test; Cox's
      regression with the ties of Efron and of Breslow. The median is the first time at which at most
      half are left. The first group, by number or alphabet, is what Cox's regression compares with.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of("durations", "by", "covariates", "interval", "format");

  private final Terminal terminal;

  SurvivalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(List<String> args) throws IOException {
    CommandOptions options = CommandOptions.parse(args, OPTIONS);
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    AnswerFormat format = AnswerFormat.named(options.text("format").orElse("table"));
    Interval interval = interval(options.text("interval").orElse("log"));
    ImmutableList<String> covariates =
        ImmutableSet.copyOf(
                Splitter.on(',')
                    .trimResults()
                    .omitEmptyStrings()
                    .split(options.text("covariates").orElse("")))
            .asList();
    Optional<String> by = options.text("by");
    DurationsFile file = DurationsFile.read(options.file("durations"), by, covariates);
    Figures figures = new Figures();
    new SurvivalFigures(file, interval).addTo(figures);
    new HazardFigures(file, covariates).addTo(figures);
    terminal.answer(figures.render(format));
    return ExitStatus.DONE;
  }

  private static Interval interval(String name) {
    return switch (name) {
      case "log" -> Interval.LOG;
      case "log-log" -> Interval.LOG_LOG;
      default ->
          throw new BadInput("--interval=" + name + " is not known; allowed are log, log-log");
    };
  }
}
