package org.stripeanalytics.pipelines.local;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.extraction.Extraction;
import org.stripeanalytics.extraction.ExtractionException;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.extraction.StripeJavaTransport;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.observability.secrets.SecretUnavailableException;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.IngestOptions;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Terminal;

/** The command {@code extract}: reads a Stripe account into a directory that can be ingested. */
final class ExtractCommand {
  static final String USAGE =
      """
Usage: extract --apiKey=REFERENCE [--name=value …]
  --apiKey=env:VARIABLE   where the key is; a restricted one that may only read is enough
  --output=landing        directory that the account is read into, and its state beside it
  --since=2011-01-01      objects that were created before it are left out of the first read
  --without=TYPE,TYPE     types that are left out, such as dispute or payment_method
  --paymentMethods=used   those that payments, subscriptions and customers name, which costs no
                          requests; all asks every customer for all of its own, one each
  --apiBase=https://api.stripe.com
  --rateLimit=25          requests a second to one endpoint
  --overallLimit=100      requests a second to all of them; 25 for the key of a sandbox
  --inFlight=8            requests that may wait for their answers at once
  --dryRun                says what would be read and about how many requests that takes
The first run reads the whole account, each further one what changed since. A run that was
broken off is gone on with.
""";

  /** Its options, all of which {@code import-account} has too. */
  static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "apiKey",
          "output",
          "since",
          "without",
          "paymentMethods",
          "apiBase",
          "rateLimit",
          "overallLimit",
          "inFlight",
          "dryRun",
          "help");

  static final String STRIPE = "https://api.stripe.com";
  private static final String SANDBOX_KEY = "k_test_";
  private static final int MOST_IN_FLIGHT = 100;

  private final Terminal terminal;
  private final Clock clock;
  private final Pause pause;

  ExtractCommand(Terminal terminal, Clock clock, Pause pause) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
  }

  int run(List<String> args) throws InterruptedException {
    Arguments arguments = Arguments.parse(args);
    arguments.allowOnly(OPTIONS);
    if (arguments.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    extract(arguments);
    return ExitStatus.DONE;
  }

  /**
   * Reads the account, and says before and after how many requests that takes.
   *
   * @throws BadInput when the options, the key or the landing cannot be used or Stripe cannot be
   *     reached or refuses
   */
  void extract(Arguments arguments) throws InterruptedException {
    CommandOptions.refuseWords(arguments);
    Secret key = key(arguments);
    Extraction.Plan plan = plan(arguments, key);
    try {
      Extraction extraction =
          Extraction.of(plan, new StripeJavaTransport(plan.account(), key), clock, pause);
      terminal.say("extract " + extraction.budget().text());
      if (arguments.option("dryRun").isPresent()) {
        return;
      }
      Extraction.Result result = extraction.run();
      terminal.say(
          "extract has read %s up to %s: %,d objects by %,d reads, %,d of them retries, into %s"
              .formatted(
                  result.backfill() ? "the account" : "what changed",
                  result.until(),
                  result.objects(),
                  result.reads(),
                  result.retries(),
                  plan.landing()));
    } catch (ExtractionException e) {
      throw new BadInput("extract: " + e.getMessage());
    }
  }

  static Path output(Arguments arguments) {
    String output = LocalPath.withoutScheme(arguments.option("output").orElse("landing"));
    if (IngestOptions.REMOTE.matcher(output).matches()) {
      throw new BadInput(
          "--output="
              + output
              + " is no directory of this machine, and the state of a read has to be beside it;"
              + " read into one, and copy it to the bucket");
    }
    return Path.of(output);
  }

  private Extraction.Plan plan(Arguments arguments, Secret key) {
    List<String> faults = new ArrayList<>();
    String base = base(arguments.option("apiBase").orElse(STRIPE), faults);
    boolean sandbox = base.equals(STRIPE) && key.reveal().contains(SANDBOX_KEY);
    Extraction.Plan plan =
        new Extraction.Plan(
            output(arguments),
            base,
            without(arguments, faults),
            allPaymentMethods(arguments, faults),
            since(arguments, faults),
            rate(arguments, "rateLimit", 25, faults),
            rate(arguments, "overallLimit", sandbox ? 25 : 100, faults),
            (int) Math.min(MOST_IN_FLIGHT, rate(arguments, "inFlight", 8, faults)));
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    return plan;
  }

  /**
   * The base of the API.
   *
   * @throws BadInput when it is not one, or would send the key in the clear
   */
  static String base(Arguments arguments) {
    List<String> faults = new ArrayList<>();
    String base = base(arguments.option("apiBase").orElse(STRIPE), faults);
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    return base;
  }

  private static String base(String text, List<String> faults) {
    String base = text.replaceFirst("/+$", "");
    if (!base.matches("https?://[^/?#\\s]+") || !isAddress(base)) {
      faults.add("--apiBase=" + text + " is not the base of an API; write it like " + STRIPE);
    } else if (base.startsWith("http://") && !base.matches("http://(127\\.|localhost|\\[::1]).*")) {
      faults.add("--apiBase=" + text + " would send the key in the clear; use https");
    }
    return base;
  }

  private static boolean isAddress(String base) {
    try {
      return URI.create(base).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The key that {@code --apiKey} refers to. */
  static Secret key(Arguments arguments) {
    String reference =
        arguments
            .option("apiKey")
            .orElseThrow(
                () ->
                    new BadInput(
                        "--apiKey is missing; say where the key is, such as"
                            + " --apiKey=env:STRIPE_KEY"));
    return secret("apiKey", reference);
  }

  /**
   * The secret that an option refers to.
   *
   * @throws BadInput when it is not a reference, or there is nothing where it refers to
   */
  static Secret secret(String option, String reference) {
    try {
      return SecretStores.installed().get(SecretReference.parse(reference));
    } catch (IllegalArgumentException e) {
      throw new BadInput("--" + option + " is " + e.getMessage());
    } catch (SecretUnavailableException e) {
      throw new BadInput("--" + option + ": " + e.getMessage());
    }
  }

  private static ImmutableSet<String> without(Arguments arguments, List<String> faults) {
    ImmutableList<String> types =
        ImmutableList.copyOf(
            Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(arguments.option("without").orElse("")));
    for (String type : types) {
      if (!Extraction.types().contains(type)) {
        faults.add(
            "--without=%s is not a type; allowed are %s"
                .formatted(type, String.join(", ", Extraction.types())));
      }
    }
    return ImmutableSet.copyOf(types);
  }

  private static boolean allPaymentMethods(Arguments arguments, List<String> faults) {
    String which = arguments.option("paymentMethods").orElse("used");
    if (!which.equals("used") && !which.equals("all")) {
      faults.add("--paymentMethods=" + which + " is not known; allowed are used, all");
    }
    return which.equals("all");
  }

  private static Instant since(Arguments arguments, List<String> faults) {
    String text = arguments.option("since").orElse(Extraction.FIRST_DAY.toString());
    LocalDate day = Extraction.FIRST_DAY;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      faults.add("--since=" + text + " is not a day; write it like 2021-01-31");
    }
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static double rate(Arguments arguments, String name, double usual, List<String> faults) {
    String text = arguments.option(name).orElse(String.valueOf(usual));
    try {
      double rate = Double.parseDouble(text);
      if (rate >= 1 && rate <= 1e6) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are out of range.
    }
    faults.add("--%s=%s cannot be used; give a number from 1 to 1000000".formatted(name, text));
    return usual;
  }
}
