package org.stripeanalytics.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

/**
 * Measures what {@code scripts/benchmark/run} asks for. Results and page are written after every
 * measurement, and what was not measured this time stays as it was.
 */
final class Benchmark {
  private static final Path TEXTS = Path.of("scripts", "benchmark");

  private final Settings settings;
  private final Terminal terminal;

  private Benchmark(Settings settings, Terminal terminal) {
    this.settings = settings;
    this.terminal = terminal;
  }

  public static void main(String[] args) {
    // Engines leave threads behind that would keep the process alive.
    System.exit(run(List.of(args), Terminal.ofProcess()));
  }

  /** Runs a command line and returns the exit status; works from the root of the repository. */
  static int run(List<String> args, Terminal terminal) {
    try {
      Settings settings = Settings.parse(args);
      new Benchmark(settings, terminal).run();
      return ExitStatus.DONE;
    } catch (BadInput e) {
      e.faults().forEach(terminal::say);
      return ExitStatus.BAD_INPUT;
    } catch (Exception e) {
      // The edge of the process, as in the command line of the project.
      terminal.failure(e);
      return ExitStatus.FAILED;
    }
  }

  private void run() throws Exception {
    Path file = settings.output().resolve("results.json");
    if (settings.renderOnly()) {
      if (!Files.exists(file)) {
        throw new BadInput(file + " is not there; measure something first");
      }
      writePage(Results.read(file));
      return;
    }
    Results results = Results.continuing(file, Machine.here(), Versions.here());
    try (Workplace workplace = Workplace.create(settings)) {
      Measurements measurements = new Measurements(settings, workplace, Versions.commit());
      for (Plan.Step step : new Plan(settings, measurements).steps()) {
        terminal.say(step.name() + " ...");
        long start = System.nanoTime();
        results = step.measure().addTo(results);
        terminal.say(
            String.format(Locale.ROOT, "%s %.0f s", step.name(), Worked.secondsSince(start)));
        results.write(file);
        writePage(results);
      }
    }
    terminal.answer(settings.output().resolve("README.md") + "\n");
  }

  private void writePage(Results results) throws IOException {
    Files.writeString(
        settings.output().resolve("README.md"),
        Page.of(
                Files.readString(TEXTS.resolve("template.md")),
                Reasons.read(TEXTS.resolve("reasons.yaml")))
            .render(results));
  }
}
