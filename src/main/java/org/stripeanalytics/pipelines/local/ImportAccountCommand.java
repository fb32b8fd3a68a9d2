package org.stripeanalytics.pipelines.local;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

/**
 * The command {@code import-account}: {@code extract}, and then {@code ingest} of what it has
 * landed and no earlier import has ingested. A list of those files is kept beside the landing,
 * written after the ingestion: one that fails is done again with the next import.
 */
final class ImportAccountCommand {
  static final String USAGE =
      ExtractCommand.USAGE.replace("Usage: extract ", "Usage: import-account ")
          + """
          Every other option is one of ingest, such as --warehouse=duckdb:PATH; ingest --help lists
          them.
          """;

  private static final String IMPORTED = "imported-files.txt";

  private final Terminal terminal;
  private final ExtractCommand extract;
  private final Ingestion ingest;

  /** How files are ingested. */
  interface Ingestion {
    /**
     * Reads arguments as a run would.
     *
     * @throws BadInput when the arguments cannot be used
     */
    void check(List<String> args);

    /** The result is an exit status. */
    int run(List<String> args);
  }

  ImportAccountCommand(Terminal terminal, ExtractCommand extract, Ingestion ingest) {
    this.terminal = terminal;
    this.extract = extract;
    this.ingest = ingest;
  }

  int run(List<String> args) throws IOException, InterruptedException {
    Arguments given = Arguments.parse(args);
    if (given.option("help").isPresent()) {
      terminal.answer(USAGE);
      return ExitStatus.DONE;
    }
    if (given.option("input").isPresent()) {
      throw new BadInput("--input is not for import-account; what it ingests is what it extracts");
    }
    List<String> ofExtract = new ArrayList<>();
    List<String> ofIngest = new ArrayList<>();
    args.forEach(arg -> (isOfExtract(arg) ? ofExtract : ofIngest).add(arg));
    if (given.option("dryRun").isEmpty()) {
      checkIngestion(ofIngest);
    }
    Arguments extraction = Arguments.parse(ofExtract);
    extract.extract(extraction);
    if (given.option("dryRun").isPresent()) {
      return ExitStatus.DONE;
    }
    Path landing = ExtractCommand.output(extraction);
    ImmutableList<String> files = waiting(landing);
    if (files.isEmpty()) {
      terminal.say("there is nothing new to ingest");
      return ExitStatus.DONE;
    }
    files.forEach(file -> ofIngest.add("--input=" + landing.resolve(file)));
    int status = ingest.run(ofIngest);
    if (status == ExitStatus.DONE) {
      Files.writeString(
          landing.resolve(IMPORTED),
          files.stream().map(file -> file + "\n").collect(joining()),
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return status;
  }

  private static boolean isOfExtract(String arg) {
    return ExtractCommand.OPTIONS.stream()
        .anyMatch(name -> arg.equals("--" + name) || arg.startsWith("--" + name + "="));
  }

  /**
   * Finds what is wrong with the options of the second half before the first has taken its time.
   */
  private void checkIngestion(List<String> args) {
    List<String> rehearsed = new ArrayList<>(args);
    rehearsed.add("--input=*/nothing-landed-yet");
    rehearsed.add("--allowEmptyInput");
    ingest.check(rehearsed);
  }

  /** What is landed and not imported yet, as paths within the landing. */
  private static ImmutableList<String> waiting(Path landing) throws IOException {
    Path list = landing.resolve(IMPORTED);
    ImmutableSet<String> imported =
        Files.exists(list) ? ImmutableSet.copyOf(Files.readAllLines(list)) : ImmutableSet.of();
    try (Stream<Path> files = Files.walk(landing, 2)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".ndjson"))
          .map(file -> landing.relativize(file).toString())
          .filter(file -> !imported.contains(file))
          .sorted()
          .collect(toImmutableList());
    }
  }
}
