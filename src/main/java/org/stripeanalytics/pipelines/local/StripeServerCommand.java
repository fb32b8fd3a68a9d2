package org.stripeanalytics.pipelines.local;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.Account;
import org.stripeanalytics.server.Behavior;
import org.stripeanalytics.server.SimulatedStripe;
import org.stripeanalytics.server.StripeApi;
import org.stripeanalytics.server.StripeServer;
import org.stripeanalytics.synthesis.account.SimulatedAccount;
import org.stripeanalytics.synthesis.profile.ProfileReader;

/** The command {@code stripe-server}: a Stripe to test against, until it is interrupted. */
final class StripeServerCommand {
  static final String USAGE =
      """
      Usage: stripe-server [--name=value …]
        --customers=100         signups in five years; the account is as large as they make it
        --seed=1                the same seed gives the same account
        --start=2021-01-01      first day of its history
        --end=TODAY             first day after it; events are those of the 30 days before
        --port=12111            0 takes one that is free
        --host=127.0.0.1        another one opens it to other machines
        --apiKey=env:VARIABLE   the only key to be accepted; default: any sk_test_… or rk_test_…
        --forbid=LIST,LIST      lists that restricted keys (rk_…) may not read, such as payouts
        --rateLimit=25          requests a second that one endpoint answers
        --overallLimit=100      requests a second that all endpoints together answer
        --failures=0            share of requests that fail with 500 or 429, such as 0.01
        --lateEvents=0          share of events that appear in their list up to a minute late
      It answers GET requests to /v1/… and changes nothing. Point a Stripe client's API base at it.
      """;

  private static final ImmutableSet<String> OPTIONS =
      ImmutableSet.of(
          "customers",
          "seed",
          "start",
          "end",
          "port",
          "host",
          "apiKey",
          "forbid",
          "rateLimit",
          "overallLimit",
          "failures",
          "lateEvents");
  private static final int MOST_CUSTOMERS = 1_000_000;
  private static final int MOST_PORTS = 65_535;
  private static final Duration MOST_LATE = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final Clock clock;

  StripeServerCommand(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  int run(List<String> args) throws InterruptedException {
    CommandOptions options = CommandOptions.parse(args, OPTIONS);
    if (options.asksForHelp()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    try (StripeServer server = start(options)) {
      terminal.answer("listening on " + server.base() + "\n");
      new CountDownLatch(1).await();
    }
    return ExitStatus.DONE;
  }

  /** Checks everything, simulates the account and begins to listen. */
  StripeServer start(CommandOptions options) {
    Behavior behavior = behavior(options);
    SimulatedAccount simulated = account(options);
    long seed = simulated.seed();
    double late = share(options, "lateEvents");
    InetSocketAddress address =
        new InetSocketAddress(
            host(options.text("host").orElse("127.0.0.1")),
            (int) options.whole("port", 12111, 0, MOST_PORTS));
    Account account =
        SimulatedStripe.hold(
            simulated,
            clock.instant(),
            clock,
            new SimulatedStripe.LateEvents(late, MOST_LATE, seed));
    try {
      return StripeServer.start(new StripeApi(account, behavior, clock), address);
    } catch (IOException e) {
      throw cannotListen(address, e);
    }
  }

  /** Why a server cannot be had at an address. */
  static BadInput cannotListen(InetSocketAddress address, IOException reason) {
    return new BadInput(
        reason instanceof BindException
            ? "--port=%d cannot be had on %s (%s); give another, or 0 for one that is free"
                .formatted(
                    address.getPort(), address.getAddress().getHostAddress(), reason.getMessage())
            : "cannot listen on " + address + ": " + reason.getMessage());
  }

  private SimulatedAccount account(CommandOptions options) {
    LocalDate start = day(options, "start", LocalDate.of(2021, 1, 1));
    LocalDate end = day(options, "end", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    if (!end.isAfter(start)) {
      throw new BadInput(
          "--end=%s is not after --start=%s; it is the first day that is left out"
              .formatted(end, start));
    }
    return new SimulatedAccount(
        ProfileReader.defaults(),
        options.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        options.whole("customers", 100, 1, MOST_CUSTOMERS),
        start,
        end,
        ZoneOffset.UTC);
  }

  private static Behavior behavior(CommandOptions options) {
    ImmutableSet<String> forbidden =
        ImmutableSet.copyOf(
            Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(options.text("forbid").orElse("")));
    forbidden.stream()
        .filter(list -> !Behavior.lists().contains(list))
        .forEach(
            list -> {
              throw new BadInput(
                  "--forbid=%s is not a list; allowed are %s"
                      .formatted(list, String.join(", ", Behavior.lists())));
            });
    Behavior behavior =
        Behavior.USUAL
            .withForbidden(forbidden)
            .withFailures(
                share(options, "failures"),
                options.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE))
            .withRequestsPerSecond(
                rate(options, "rateLimit", 25), rate(options, "overallLimit", 100));
    return options
        .text("apiKey")
        .map(text -> behavior.withApiKey(ExtractCommand.secret("apiKey", text).reveal()))
        .orElse(behavior);
  }

  /** An address of this machine, by {@code --host}. */
  static InetAddress host(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new BadInput("--host=" + host + " is not known; give an address of this machine");
    }
  }

  private static LocalDate day(CommandOptions options, String name, LocalDate usual) {
    return options.text(name).map(text -> parsedDay(name, text)).orElse(usual);
  }

  private static LocalDate parsedDay(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadInput("--%s=%s is not a day; write it like 2021-01-31".formatted(name, text));
    }
  }

  private static double share(CommandOptions options, String name) {
    return options.number(name, 0, "a number from 0 to 1", value -> value >= 0 && value <= 1);
  }

  private static double rate(CommandOptions options, String name, double usual) {
    return options.number(name, usual, "a number of 1 or more", value -> value >= 1);
  }
}
