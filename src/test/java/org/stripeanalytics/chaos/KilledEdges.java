package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.webhooks.WebhookSender;

/**
 * Kills the edge at random moments while webhooks pour in. Every one that it has answered with 200
 * has to be in its landing, as it was sent, in files that are whole.
 */
final class KilledEdges implements Trials {
  private static final int KILLS = 20;
  private static final int SENDERS = 8;
  private static final int MOST_MILLIS = 1500;
  private static final String BODY =
      "{\"id\":\"evt_%d_%d\",\"type\":\"customer.updated\",\"n\":%d}";
  private static final String LISTENING = "listening on ";

  /** Of nobody's endpoint. */
  private static final String SECRET = "whsec" + "_chaos";

  @Override
  public String name() {
    return "killed-edges";
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Tally.Counter counter = new Tally.Counter();
    Path landing = workplace.path("landing");
    Set<String> accepted = ConcurrentHashMap.newKeySet();
    int tries = workplace.tries(KILLS);
    for (int i = 0; i < tries; i++) {
      counter.tried();
      int killedAfter = 1 + workplace.random().nextInt(MOST_MILLIS);
      Command.Ended killed = load(workplace, landing, i, killedAfter, accepted);
      String trial = "killed after %d ms of load, %s".formatted(killedAfter, killed.line());
      if (killed.showsTrace()) {
        counter.trace(killed.toString());
      }
      judge(counter, trial, accepted, landed(landing));
    }
    return counter.tally("%,d accepted".formatted(accepted.size()));
  }

  private static void judge(
      Tally.Counter counter, String trial, Set<String> accepted, List<String> landed) {
    Set<String> missing = new HashSet<>(accepted);
    landed.forEach(missing::remove);
    if (!missing.isEmpty()) {
      counter.lost("%d webhooks, such as %s, %s".formatted(missing.size(), first(missing), trial));
    }
    for (String line : landed) {
      if (!line.startsWith("{\"object\":\"webhook_delivery\"") && !line.matches(pattern())) {
        counter.bent("%s, %s".formatted(line, trial));
      }
    }
  }

  private static String first(Set<String> missing) {
    return missing.iterator().next();
  }

  private static String pattern() {
    return BODY.replace("{", "\\{").replace("}", "\\}").replace("%d", "\\d+").replace(".", "\\.");
  }

  /** Sends until the edge is killed; adds the bodies that it has accepted. */
  private static Command.Ended load(
      Workplace workplace, Path landing, int trial, int killedAfter, Set<String> accepted)
      throws IOException, InterruptedException {
    Command edge =
        workplace.start(
            Map.of("EDGE_SECRET", SECRET),
            "webhooks",
            "--secret=env:EDGE_SECRET",
            "--port=0",
            "--landing=" + landing);
    URI address = address(edge);
    // On a busy machine the first answer can take seconds; the load begins with it.
    CountDownLatch underLoad = new CountDownLatch(1);
    AtomicInteger next = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      WebhookSender sender = new WebhookSender(address, Secret.of(SECRET), Clock.systemUTC());
      senders.add(new Thread(() -> send(sender, trial, next, accepted, underLoad), "sender"));
    }
    senders.forEach(Thread::start);
    boolean isUnderLoad = underLoad.await(1, TimeUnit.MINUTES);
    edge.letRun(killedAfter);
    Command.Ended killed = edge.kill();
    for (Thread sender : senders) {
      sender.join();
    }
    if (!isUnderLoad) {
      throw new IllegalStateException("nothing was accepted within a minute: " + killed);
    }
    return killed;
  }

  private static void send(
      WebhookSender sender,
      int trial,
      AtomicInteger next,
      Set<String> accepted,
      CountDownLatch underLoad) {
    try {
      while (true) {
        int number = next.incrementAndGet();
        String body = BODY.formatted(trial, number, number);
        if (sender.send(body.getBytes(UTF_8)).accepted()) {
          accepted.add(body);
          underLoad.countDown();
        }
      }
    } catch (IOException e) {
      // The edge is gone, which ends the load.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static URI address(Command edge) throws IOException, InterruptedException {
    while (edge.isAlive()) {
      String answered = edge.answered();
      if (answered.startsWith(LISTENING) && answered.endsWith("\n")) {
        return URI.create(answered.substring(LISTENING.length()).strip());
      }
      edge.letRun(10);
    }
    throw new IllegalStateException(edge.ended().toString());
  }

  /** Every line of every file that has its name. */
  private static List<String> landed(Path landing) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(landing)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
