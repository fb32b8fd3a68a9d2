package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;

/**
 * The command {@code import-account}: {@code extract}, and then {@code ingest} of what it has
 * landed and no earlier import has ingested.
 */
final class ImportAccountCommand {
  static final String USAGE =
      ExtractCommand.USAGE.replace("Usage: extract ", "Usage: import-account ")
          + """
          Every other option is one of ingest, such as --warehouse=duckdb:PATH; ingest --help lists
          them.
          """;

  private final Terminal terminal;
  private final ExtractCommand extract;
  private final LonePipeline ingest;

  ImportAccountCommand(Terminal terminal, ExtractCommand extract, LonePipeline ingest) {
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
    ImportedFiles imported = new ImportedFiles(ExtractCommand.output(extraction));
    ImmutableList<Path> files = imported.waiting();
    if (files.isEmpty()) {
      terminal.say("there is nothing new to ingest");
      return ExitStatus.DONE;
    }
    files.forEach(file -> ofIngest.add("--input=" + file));
    int status = ingest.run(ofIngest);
    if (status == ExitStatus.DONE) {
      imported.add(files);
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
}
