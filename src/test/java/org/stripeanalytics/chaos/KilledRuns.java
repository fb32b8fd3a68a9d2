package org.stripeanalytics.chaos;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The commands that are killed: a hundred times in all. */
final class KilledRuns {
  private static final int OLD = 1;
  private static final int NEW = 2;

  private KilledRuns() {}

  static ImmutableList<Trials> all() {
    return ImmutableList.of(
        new KilledCommands("killed-run-local", 20, new WholeRun()),
        new KilledCommands("killed-resume", 20, new ResumedRun()),
        new KilledCommands("killed-ingest", 25, new Ingestion()),
        new KilledCommands("killed-transform", 20, new Transformation()),
        new KilledCommands("killed-restore", 15, new Restoration()));
  }

  private static List<Object> command(String name, Object... options) {
    List<Object> command = new ArrayList<>(List.of(name));
    command.addAll(Arrays.asList(options));
    return command;
  }

  /** A finished warehouse is replaced by that of another account. */
  private static final class WholeRun implements KilledCommands.Scenario {
    @Override
    public Path prepare(Accounts accounts) throws IOException, InterruptedException {
      return accounts.finished(OLD);
    }

    @Override
    public List<Object> command(Path folder) {
      return KilledRuns.command("run-local", Accounts.account(NEW, folder));
    }
  }

  /** The same, gone on with after its first task. What cannot be gone on with is started anew. */
  private static final class ResumedRun implements KilledCommands.Scenario {
    private Path prepared;

    @Override
    public Path prepare(Accounts accounts) throws IOException, InterruptedException {
      prepared = accounts.finished(OLD);
      Path state = Path.of(Accounts.warehouse(prepared) + ".run.json");
      Command run = accounts.start("run-local", Accounts.account(NEW, prepared));
      while (run.isAlive() && !Files.exists(state)) {
        run.letRun(1);
      }
      run.kill();
      return prepared;
    }

    @Override
    public List<Object> command(Path folder) {
      return KilledRuns.command("run-local", "--resume", Accounts.in(folder));
    }

    @Override
    public List<Object> again(Path folder) {
      return Files.exists(Path.of(Accounts.warehouse(folder) + ".run.json"))
          ? command(folder)
          : KilledRuns.command("run-local", Accounts.account(NEW, folder));
    }
  }

  /** The events of one account come to the warehouse of another. */
  private static final class Ingestion implements KilledCommands.Scenario {
    private Path delivered;

    @Override
    public Path prepare(Accounts accounts) throws IOException, InterruptedException {
      delivered = accounts.delivered(NEW);
      return accounts.simulated(OLD);
    }

    @Override
    public List<Object> command(Path folder) {
      return KilledRuns.command(
          "ingest",
          "--input=" + delivered + "/**",
          "--extractedOn=2021-04-01",
          Accounts.in(folder));
    }
  }

  /** Everything is computed from raw tables, in the warehouse as it is. */
  private static final class Transformation implements KilledCommands.Scenario {
    @Override
    public Path prepare(Accounts accounts) throws IOException, InterruptedException {
      return accounts.simulated(OLD);
    }

    @Override
    public List<Object> command(Path folder) {
      return KilledRuns.command("transform", "--to=2021-04-01", Accounts.in(folder));
    }
  }

  /** The backup of one account takes the place of another. */
  private static final class Restoration implements KilledCommands.Scenario {
    private Path backup;

    @Override
    public Path prepare(Accounts accounts) throws IOException, InterruptedException {
      Path backups = accounts.simulated(NEW).resolve("backups");
      accounts.must("backup", Accounts.in(backups.getParent()), "--output=" + backups);
      backup =
          backups.resolve(
              Accounts.names(backups).stream()
                  .filter(name -> name.endsWith(".duckdb"))
                  .findFirst()
                  .orElseThrow());
      return accounts.simulated(OLD);
    }

    @Override
    public List<Object> command(Path folder) {
      return KilledRuns.command("restore", "--backup=" + backup, Accounts.in(folder));
    }
  }
}
