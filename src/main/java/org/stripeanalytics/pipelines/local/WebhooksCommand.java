package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.webhooks.DeliveryStore;
import org.stripeanalytics.webhooks.LandingStore;
import org.stripeanalytics.webhooks.WebhookEndpoint;
import org.stripeanalytics.webhooks.WebhookServer;
import org.stripeanalytics.webhooks.WebhookSignature;

/** The command {@code webhooks}: takes Stripe's webhooks until it is stopped. */
final class WebhooksCommand {
  static final String USAGE =
      """
      Usage: webhooks --secret=REFERENCE [--secret=REFERENCE] --landing=DIR | --topic=TOPIC
        --secret=env:VARIABLE   where the endpoint's signing secret (whsec_…) is; twice while one
                                replaces the other
        --landing=DIR           directory for what arrives, a folder a day, as ingest reads it
        --topic=projects/PROJECT/topics/TOPIC
                                topic of Pub/Sub instead; PUBSUB_EMULATOR_HOST is honoured
        --port=12112            0 takes one that is free
        --host=127.0.0.1        another one opens it to other machines; put TLS before it
      It takes POST requests at / and answers 200 once a webhook is stored for good; 400 to a wrong
      signature, 413 to more than 1 MiB, 503 when it cannot store. GET /health says ok. SIGTERM or
      Ctrl-C ends it after it has finished what it took.
      """;

  private static final String SECRET = "secret";
  private static final int MOST_SECRETS = 2;
  private static final int MOST_PORTS = 65_535;
  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(SECRET, "landing", "topic", "port", "host");

  private final Terminal terminal;
  private final Clock clock;
  private final UnaryOperator<String> environment;

  /** A listening edge; closing it stores what was taken. */
  record Edge(WebhookServer server, DeliveryStore store) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      store.close();
    }
  }

  /**
   * @param environment the value of a variable; null if it is not set
   */
  WebhooksCommand(Terminal terminal, Clock clock, UnaryOperator<String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  int run(List<String> args) throws InterruptedException {
    if (args.contains("--help")) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    StopSignal stop = StopSignal.install();
    try (Edge edge = start(args)) {
      terminal.answer("listening on " + edge.server().base() + "\n");
      stop.await();
    }
    return ExitStatus.DONE;
  }

  /** Checks everything and begins to listen. */
  Edge start(List<String> args) {
    // The only option of a command that may be given twice.
    List<String> secrets = args.stream().filter(arg -> arg.startsWith("--secret=")).toList();
    CommandOptions options =
        CommandOptions.parse(args.stream().filter(arg -> !secrets.contains(arg)).toList(), OPTIONS);
    WebhookSignature signature = new WebhookSignature(secrets(secrets), clock);
    InetSocketAddress address =
        new InetSocketAddress(
            StripeServerCommand.host(options.text("host").orElse("127.0.0.1")),
            (int) options.whole("port", 12112, 0, MOST_PORTS));
    DeliveryStore store = store(options);
    try {
      return new Edge(
          WebhookServer.start(
              new WebhookEndpoint(signature, store, clock), address, terminal::say, clock),
          store);
    } catch (IOException e) {
      store.close();
      throw StripeServerCommand.cannotListen(address, e);
    }
  }

  private static ImmutableList<Secret> secrets(List<String> args) {
    if (args.isEmpty()) {
      throw new BadInput(
          "--secret is missing; say where the endpoint's signing secret is, such as"
              + " --secret=env:STRIPE_WEBHOOK_SECRET");
    }
    if (args.size() > MOST_SECRETS) {
      throw new BadInput(
          "--secret is given %d times; give one, or two while one replaces the other"
              .formatted(args.size()));
    }
    return args.stream()
        .map(arg -> Arguments.parse(List.of(arg)).options().get(SECRET))
        .map(reference -> ExtractCommand.secret(SECRET, reference))
        .collect(ImmutableList.toImmutableList());
  }

  private DeliveryStore store(CommandOptions options) {
    Optional<String> landing = options.text("landing");
    Optional<String> topic = options.text("topic");
    if (landing.isPresent() == topic.isPresent()) {
      throw new BadInput(
          "webhooks are stored in one place; give --landing=DIR or"
              + " --topic=projects/PROJECT/topics/TOPIC");
    }
    return landing.isPresent()
        ? landing(landing.get())
        : PubsubTopic.open(topic.get(), environment);
  }

  private DeliveryStore landing(String landing) {
    try {
      return LandingStore.open(Path.of(LocalPath.withoutScheme(landing)), clock);
    } catch (IOException | InvalidPathException e) {
      throw new BadInput("--landing=%s cannot be used: %s".formatted(landing, e.getMessage()));
    }
  }
}
