package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stripeanalytics.extraction.Pause;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.IntervalOptions;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.Pipelines;
import org.stripeanalytics.pipelines.SynthesizeOptions;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.synthesis.AccountContents;
import org.stripeanalytics.webhooks.WebhookSender;

/**
 * The command {@code synthesize --deliver}: sends the events of a simulated account to an edge, as
 * Stripe would have, instead of loading them.
 */
final class DeliverCommand {
  static final String DELIVER = "deliver";

  static final String USAGE =
      """
      Or, instead of tables or files, webhooks:
        --deliver=http://127.0.0.1:12112  signs the events of --from to --to and sends them there, in
                                the order in which they happened
        --secret=env:VARIABLE   what they are signed with
        --speed=86400           simulated seconds per second; the default is a day in a second
        --inFlight=16           webhooks that may wait for their answers at once
      What is not answered with 2xx is sent up to six times within half a minute.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(DELIVER, "secret", "speed", "inFlight");
  private static final double DAY_PER_SECOND = 86_400;
  private static final int MOST_IN_FLIGHT = 1000;

  private final Terminal terminal;
  private final Clock clock;
  private final Pause pause;

  DeliverCommand(Terminal terminal, Clock clock, Pause pause) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
  }

  /** Whether a pipeline has this way of running. */
  static boolean isOf(PipelineMain<?> pipeline) {
    return SynthesizeOptions.class.isAssignableFrom(pipeline.options());
  }

  /** Whether a command line of a pipeline asks for it. */
  static boolean isMeant(PipelineMain<?> pipeline, List<String> args) {
    return isOf(pipeline)
        && !args.contains("--help")
        && Arguments.parse(args).option(DELIVER).isPresent();
  }

  int run(List<String> args) throws InterruptedException {
    List<String> own = new ArrayList<>();
    List<String> ofSynthesis = new ArrayList<>();
    args.forEach(arg -> (isOwn(arg) ? own : ofSynthesis).add(arg));
    CommandOptions options = CommandOptions.parse(own, OPTIONS);
    URI endpoint = endpoint(options.text(DELIVER).orElseThrow());
    double speed = options.number("speed", DAY_PER_SECOND, "a number above 0", value -> value > 0);
    int inFlight = (int) options.whole("inFlight", 16, 1, MOST_IN_FLIGHT);
    Secret secret = secret(options);
    SynthesizeOptions account = account(ofSynthesis);
    DataInterval days = IntervalOptions.interval(account);

    ImmutableList<AccountContents.HeldEvent> events =
        AccountContents.events(SynthesizeOptions.account(account), days);
    terminal.say("delivering %,d events of %s to %s".formatted(events.size(), days, endpoint));
    long startedAt = System.nanoTime();
    Deliveries.Sent sent =
        new Deliveries(new WebhookSender(endpoint, secret, clock), pause, speed, inFlight)
            .send(events);
    terminal.say(
        String.format(
            Locale.ROOT,
            "delivered %,d events in %.1f s; %,d attempts failed and were repeated",
            sent.accepted(),
            (System.nanoTime() - startedAt) / 1e9,
            sent.repeated()));
    if (sent.givenUp().isPresent()) {
      terminal.say("gave up on " + sent.givenUp().get());
      return ExitStatus.FAILED;
    }
    return ExitStatus.DONE;
  }

  private static boolean isOwn(String arg) {
    return OPTIONS.stream()
        .anyMatch(name -> arg.equals("--" + name) || arg.startsWith("--" + name + "="));
  }

  private static URI endpoint(String text) {
    if (text.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
      try {
        URI endpoint = URI.create(text);
        if (endpoint.getHost() != null) {
          return endpoint;
        }
      } catch (IllegalArgumentException e) {
        // Said below, together with what has no host.
      }
    }
    throw new BadInput(
        "--deliver=%s is not an address; write it like http://127.0.0.1:12112".formatted(text));
  }

  private static Secret secret(CommandOptions options) {
    return ExtractCommand.secret(
        "secret",
        options
            .text("secret")
            .orElseThrow(
                () ->
                    new BadInput(
                        "--secret is missing; say where the endpoint's signing secret is, such as"
                            + " --secret=env:STRIPE_WEBHOOK_SECRET")));
  }

  private SynthesizeOptions account(List<String> args) {
    Arguments given = Arguments.parse(args);
    SynthesizeOptions options =
        Pipelines.named("synthesize")
            .parse(LocalEngine.withDefaultRunner(args, given), clock)
            .as(SynthesizeOptions.class);
    if (options.getOutput() != null || given.option("warehouse").isPresent()) {
      throw new BadInput(
          "--deliver sends webhooks and writes nothing; leave out --output and --warehouse");
    }
    return options;
  }
}
