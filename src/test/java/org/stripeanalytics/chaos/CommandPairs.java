package org.stripeanalytics.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts every two commands that change a warehouse at the same moment. Each ends well or is
 * refused with a line, and the warehouse is what those that ended well make of it one after the
 * other, in either order.
 */
final class CommandPairs implements Trials {
  private static final List<String> COMMANDS =
      List.of("run-local", "synthesize", "ingest", "replay", "transform", "restore");

  private final Map<List<String>, Tables> oneByOne = new HashMap<>();

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public Tally run(Workplace workplace) throws Exception {
    Accounts accounts = new Accounts(workplace);
    Path delivered = accounts.delivered(2);
    Path before = accounts.simulated(1);
    Path backups = before.resolve("backups");
    accounts.must("backup", Accounts.in(before), "--output=" + backups);
    // Something to replay, and something that a restore takes away.
    accounts.must(
        "ingest",
        "--input=" + rejected(workplace),
        "--maxRejectedFraction=1",
        "--runId=rejecting",
        "--extractedOn=2021-03-01",
        Accounts.in(before));
    Tally.Counter counter = new Tally.Counter();
    List<List<String>> pairs = new ArrayList<>();
    COMMANDS.forEach(a -> COMMANDS.forEach(b -> pairs.add(List.of(a, b))));
    pairs.removeIf(pair -> pair.get(0).compareTo(pair.get(1)) > 0);
    int tries = workplace.tries(pairs.size());
    for (List<String> pair : pairs.subList(0, tries)) {
      Path folder = accounts.copy(before, "try");
      Command first = start(accounts, pair.get(0), folder, delivered);
      Command second = start(accounts, pair.get(1), folder, delivered);
      counter.tried();
      List<String> done = new ArrayList<>();
      for (Command.Ended ended : List.of(first.ended(), second.ended())) {
        if (ended.showsTrace() || (ended.status() != 0 && ended.status() != 2)) {
          counter.trace(pair + ": " + ended);
        }
        if (ended.status() == 0) {
          done.add(ended.line().split(" ", 2)[0]);
        }
      }
      Optional<Tables> now = Tables.of(Accounts.warehouse(folder));
      if (now.isEmpty() || !isOneByOne(accounts, before, delivered, done, now.get())) {
        counter.lost(pair + " at once, of which ended well: " + done);
      }
    }
    return counter.tally("commands started at the same moment");
  }

  private boolean isOneByOne(
      Accounts accounts, Path before, Path delivered, List<String> done, Tables now)
      throws IOException, InterruptedException {
    if (tablesAfter(accounts, before, delivered, done).equals(now)) {
      return true;
    }
    List<String> reversed = new ArrayList<>(done);
    Collections.reverse(reversed);
    return tablesAfter(accounts, before, delivered, reversed).equals(now);
  }

  private Tables tablesAfter(Accounts accounts, Path before, Path delivered, List<String> commands)
      throws IOException, InterruptedException {
    Tables known = oneByOne.get(commands);
    if (known != null) {
      return known;
    }
    Path folder = accounts.copy(before, "one-by-one");
    for (String command : commands) {
      Command.Ended ended = start(accounts, command, folder, delivered).ended();
      if (ended.status() != 0) {
        throw new IllegalStateException(ended.toString());
      }
    }
    Tables tables = Tables.required(Accounts.warehouse(folder));
    oneByOne.put(List.copyOf(commands), tables);
    return tables;
  }

  private static Command start(Accounts accounts, String command, Path folder, Path delivered)
      throws IOException {
    String warehouse = Accounts.in(folder);
    return switch (command) {
      case "run-local" -> accounts.start(command, Accounts.account(3, folder));
      case "synthesize" ->
          accounts.start(command, "--customers=150", "--end=2021-04-01", "--seed=4", warehouse);
      case "ingest" ->
          accounts.start(
              command, "--input=" + delivered + "/**", "--extractedOn=2021-04-01", warehouse);
      case "replay" ->
          accounts.start(command, "--run=rejecting", "--maxRejectedFraction=1", warehouse);
      case "transform" -> accounts.start(command, "--to=2021-04-01", warehouse);
      default -> accounts.start("restore", "--backup=" + backup(folder), warehouse);
    };
  }

  private static Path backup(Path folder) {
    Path backups = folder.resolve("backups");
    return backups.resolve(
        Accounts.names(backups).stream()
            .filter(name -> name.endsWith(".duckdb"))
            .findFirst()
            .orElseThrow());
  }

  private static Path rejected(Workplace workplace) throws IOException {
    return Files.writeString(
        workplace.path("rejected.ndjson"),
        """
        {"id":"re_1","object":"refund","amount":-1,"created":1612137600,"currency":"usd",\
        "status":"succeeded","charge":"ch_1"}
        """);
  }
}
