package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stripeanalytics.contract.rows.RowClasses;
import org.stripeanalytics.contract.rows.UnusableContractException;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.LocalPath;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.pipelines.deployment.DbtSources;
import org.stripeanalytics.pipelines.deployment.GeneratedFiles;
import org.stripeanalytics.pipelines.deployment.KubernetesFiles;

/**
 * The command {@code generate}: writes what {@code templates/} has anew or, for {@code
 * --target=dbt}, the sources of a dbt project, and answers with the files that it wrote. With
 * {@code --rows} it answers with a row class.
 */
final class GenerateCommand {
  private static final String HELP =
      """
      Usage: scripts/generate [--target=dbt|kubernetes] [--output=DIR]
             scripts/generate --rows[=CLASS]
        --target  what to write: templates (the files of templates/, the default), dbt
                  (sources.yml, by which a dbt project builds on the tables) or kubernetes (the
                  part of templates/ that runs the pipelines on a cluster with Flink's operator)
        --output  the directory for sources.yml, this one by default, or for a folder for each
                  environment, templates/kubernetes by default
        --rows    prints what the build writes from the contracts and writes nothing: the source
                  of a class, such as Charge or raw.Charge, or the names of all
      """;

  private final Terminal terminal;

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  int run(List<String> args) throws IOException {
    Arguments given = Arguments.parse(args);
    if (given.option("help").isPresent()) {
      terminal.answer(HELP);
      return ExitStatus.DONE;
    }
    if (given.words().size() != 1) {
      throw new BadInput("generate takes the root of the repository, as in scripts/generate");
    }
    if (given.option("rows").isPresent()) {
      given.allowOnly(ImmutableList.of("rows"));
      printRows(Path.of(given.words().get(0)), given.option("rows").get());
      return ExitStatus.DONE;
    }
    given.allowOnly(ImmutableList.of("target", "output", "rows"));
    String target = given.option("target").orElse("templates");
    switch (target) {
      case "templates" -> writeTemplates(given);
      case "dbt" -> writeSources(given.option("output").orElse("."));
      case "kubernetes" -> writeKubernetes(given);
      default ->
          throw new BadInput(
              "--target=" + target + " is not known; allowed are templates, dbt and kubernetes");
    }
    return ExitStatus.DONE;
  }

  private void writeTemplates(Arguments given) throws IOException {
    if (given.option("output").isPresent()) {
      throw new BadInput(
          "--output is for --target=dbt and kubernetes; the files of templates/ have their place");
    }
    GeneratedFiles.write(Path.of(given.words().get(0)))
        .forEach(path -> terminal.answer(path + "\n"));
  }

  private void writeKubernetes(Arguments given) throws IOException {
    Path directory =
        given.option("output").isPresent()
            ? WriteReport.writableDirectory(
                "output", LocalPath.withoutScheme(given.option("output").get()))
            : Path.of(given.words().get(0)).resolve(KubernetesFiles.DIRECTORY);
    GeneratedFiles.write(directory, KubernetesFiles.all())
        .forEach(path -> terminal.answer(directory.resolve(path) + "\n"));
  }

  private void printRows(Path root, String name) throws IOException {
    ImmutableSortedMap<String, String> sources = sources(root);
    if (name.equals(Arguments.SWITCHED_ON)) {
      sources.keySet().forEach(known -> terminal.answer(known + "\n"));
      return;
    }
    List<String> named =
        sources.keySet().stream().filter(known -> known.endsWith("." + name)).toList();
    if (named.size() != 1) {
      throw new BadInput(
          "--rows=%s names %s; scripts/generate --rows prints the names of all"
              .formatted(name, named.isEmpty() ? "no class" : String.join(" and ", named)));
    }
    terminal.answer(sources.get(named.get(0)));
  }

  private static ImmutableSortedMap<String, String> sources(Path root) throws IOException {
    try {
      return RowClasses.from(root.resolve("schemas"));
    } catch (UnusableContractException e) {
      throw new BadInput(e.getMessage());
    }
  }

  private void writeSources(String output) throws IOException {
    Path directory = WriteReport.writableDirectory("output", LocalPath.withoutScheme(output));
    Path file = directory.resolve(DbtSources.FILE);
    Files.createDirectories(directory);
    Files.writeString(file, DbtSources.yaml());
    terminal.answer(file + "\n");
  }
}
