package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import org.stripeanalytics.attribution.Attribution;
import org.stripeanalytics.attribution.AttributionModel;
import org.stripeanalytics.attribution.Journeys;
import org.stripeanalytics.attribution.MarkovChain;
import org.stripeanalytics.attribution.ModelSettings;
import org.stripeanalytics.attribution.ModelSettings.Worth;
import org.stripeanalytics.attribution.ShapleyValue;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.warehouse.QueryResult;

/** The command {@code attribute}: divides conversions among the channels of anybody's paths. */
final class AttributeCommand {
  static final String USAGE =
      """
      Usage: attribute --paths=FILE.csv --model=MODEL [--name=value …]
        --paths=FILE.csv     columns path,conversions[,value][,nulls][,days]; a path is a > b > c, nulls
                             is how often it ended without a conversion, days is when each touch was,
                             such as 14 > 7 > 0 days before the conversion
        --model=MODEL        first, last, linear, position, time_decay, markov or shapley; several
                             separated by commas, or all, stand side by side
        --format=table       or csv or json
        --halfLife=7         of time_decay, in days
        --daysBetween=7      days from one touch to the next, where the file has no days
        --order=1            of the Markov chain: how many touches the next step depends on
        --worth=subsets      of a coalition in Shapley's game: what the paths brought that touched no
                             other channel; or rate, the same per path taken; or game, what the file
                             says of exactly these channels
        --valueDecimals=2    rounds values; default: as many decimals as there are
      Whatever the model, credits sum exactly to the conversions and the value of the file.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "paths", "model", "format", "halfLife", "daysBetween", "order", "worth", "valueDecimals");

  private static final MathContext DIGITS_SHOWN = new MathContext(14);
  private static final int LONGEST_MEMORY = 10;
  private static final int MOST_DECIMALS = 12;
  private static final int MOST_DAYS = 36_500;

  private final Terminal terminal;

  AttributeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(List<String> args) throws IOException {
    CommandOptions options = CommandOptions.parse(args, OPTIONS);
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    ImmutableList<AttributionModel> models = models(required(options, "model"));
    ModelSettings settings = settings(options, models);
    AnswerFormat format = AnswerFormat.named(options.text("format").orElse("table"));
    OptionalInt valueDecimals =
        options.text("valueDecimals").isPresent()
            ? OptionalInt.of((int) options.whole("valueDecimals", 0, 0, MOST_DECIMALS))
            : OptionalInt.empty();
    PathsFile file = PathsFile.read(Path.of(required(options, "paths")));
    Journeys journeys = file.journeys();
    requireFit(journeys, models, settings);
    if (!file.ignored().isEmpty()) {
      terminal.say("columns that are not used: " + String.join(", ", file.ignored()));
    }
    ImmutableList<Attribution> attributions =
        models.stream()
            .map(model -> Attribution.of(journeys, model, settings, valueDecimals))
            .collect(toImmutableList());
    attributions.stream()
        .flatMap(attribution -> attribution.chain().stream())
        .map(chain -> Values.toText(shown(chain.conversionProbability())))
        .forEach(
            probability ->
                terminal.say("conversion probability of the Markov chain: " + probability));
    terminal.answer(format.render(answer(journeys, attributions, file.hasValue())));
    return ExitStatus.DONE;
  }

  private static String required(CommandOptions options, String name) {
    return options
        .text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new BadInput(
                    "give --%s, as in attribute --paths=FILE.csv --model=markov".formatted(name)));
  }

  private static ImmutableList<AttributionModel> models(String given) {
    if (given.equals("all")) {
      return ImmutableList.copyOf(AttributionModel.values());
    }
    return Splitter.on(',')
        .trimResults()
        .splitToStream(given)
        .map(
            name ->
                named(
                    "model",
                    name.replace('-', '_'),
                    AttributionModel.values(),
                    AttributionModel::id,
                    ", all"))
        .distinct()
        .collect(toImmutableList());
  }

  private static ModelSettings settings(
      CommandOptions options, ImmutableList<AttributionModel> models) {
    ModelSettings settings =
        new ModelSettings(
            days(options, "halfLife", ModelSettings.USUAL.halfLife(), Double.MIN_VALUE),
            days(options, "daysBetween", ModelSettings.USUAL.daysBetween(), 0),
            (int) options.whole("order", ModelSettings.USUAL.order(), 1, LONGEST_MEMORY),
            named(
                "worth",
                options.text("worth").orElse(Worth.SUBSETS.id()),
                Worth.values(),
                Worth::id,
                ""));
    if (settings.worth() == Worth.GAME
        && !models.equals(ImmutableList.of(AttributionModel.SHAPLEY))) {
      throw new BadInput("--worth=game goes with --model=shapley alone");
    }
    return settings;
  }

  /** Refuses what the models cannot take; they would take hours or all memory. */
  private static void requireFit(
      Journeys journeys, ImmutableList<AttributionModel> models, ModelSettings settings) {
    if (models.contains(AttributionModel.MARKOV)) {
      int states = MarkovChain.states(journeys, settings.order());
      if (states > MarkovChain.MOST_STATES) {
        throw new BadInput(
            "a Markov chain of order %d has %,d states here, more than %,d; group channels%s"
                .formatted(
                    settings.order(),
                    states,
                    MarkovChain.MOST_STATES,
                    settings.order() > 1 ? ", or lower --order" : ""));
      }
    }
    int channels = journeys.channels().size();
    if (models.contains(AttributionModel.SHAPLEY) && settings.worth() != Worth.SUBSETS) {
      if (channels > ShapleyValue.MOST_PLAYERS) {
        throw new BadInput(
            "--worth=%s takes at most %d channels and there are %,d; group channels, or use"
                    .formatted(settings.worth().id(), ShapleyValue.MOST_PLAYERS, channels)
                + " --worth=subsets, which takes any number");
      }
      if (settings.worth() == Worth.GAME
          && journeys.journeys().stream()
              .noneMatch(journey -> journey.touches().stream().distinct().count() == channels)) {
        throw new BadInput(
            "--worth=game divides the worth of all %d channels, and no path has all of them"
                .formatted(channels));
      }
    }
  }

  /** Of one model all there is to say; of several the credits side by side. */
  private static QueryResult answer(
      Journeys journeys, ImmutableList<Attribution> attributions, boolean withValue) {
    List<String> columns = new ArrayList<>(List.of("channel"));
    List<Function<Integer, Object>> cells = new ArrayList<>();
    cells.add(journeys.channels()::get);
    boolean one = attributions.size() == 1;
    for (Attribution attribution : attributions) {
      columns.add(one ? "conversions" : attribution.model().id());
      cells.add(attribution.conversions()::get);
    }
    if (one) {
      columns.add("share");
      cells.add(attributions.get(0).shares()::get);
    }
    if (withValue) {
      for (Attribution attribution : attributions) {
        columns.add(one ? "value" : attribution.model().id() + "_value");
        cells.add(attribution.value()::get);
      }
    }
    if (one && attributions.get(0).chain().isPresent()) {
      ImmutableDoubleArray effects = attributions.get(0).chain().get().removalEffects();
      columns.add("removal_effect");
      cells.add(channel -> shown(effects.get(channel)));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int channel = 0; channel < journeys.channels().size(); channel++) {
      int index = channel;
      rows.add(cells.stream().map(cell -> cell.apply(index)).toList());
    }
    return new QueryResult(ImmutableList.copyOf(columns), ImmutableList.copyOf(rows));
  }

  private static BigDecimal shown(double number) {
    return new BigDecimal(number).round(DIGITS_SHOWN);
  }

  private static <T> T named(
      String option, String name, T[] allowed, Function<T, String> id, String more) {
    return Arrays.stream(allowed)
        .filter(value -> id.apply(value).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "--%s=%s is not known; allowed are %s"
                        .formatted(
                            option,
                            name,
                            Arrays.stream(allowed).map(id).collect(joining(", ")) + more)));
  }

  private static double days(CommandOptions options, String name, double usual, double least) {
    String allowed =
        "a number of days %s 0 and at most %d".formatted(least == 0 ? "from" : "above", MOST_DAYS);
    return options.number(name, usual, allowed, days -> days >= least && days <= MOST_DAYS);
  }
}
