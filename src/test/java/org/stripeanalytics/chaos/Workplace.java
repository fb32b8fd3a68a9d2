package org.stripeanalytics.chaos;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.stripeanalytics.pipelines.local.Main;

/** A directory for the tries of one kind, removed at the end, and commands that work in it. */
final class Workplace implements AutoCloseable {
  private final Settings settings;
  private final Path directory;
  private final SplittableRandom random;

  private Workplace(Settings settings, Path directory, SplittableRandom random) {
    this.settings = settings;
    this.directory = directory;
    this.random = random;
  }

  /**
   * @param kind of trial, whose tries do not depend on which others are made
   */
  static Workplace create(Settings settings, String kind) throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "chaos"));
    Path directory = Files.createTempDirectory(parent, kind).toAbsolutePath();
    Files.createDirectory(directory.resolve("tmp"));
    return new Workplace(
        settings, directory, new SplittableRandom(settings.seed() * 31 + kind.hashCode()));
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** The only source of chance. */
  SplittableRandom random() {
    return random;
  }

  /** A number of tries, or fewer if the user wants a quick campaign. */
  int tries(int all) {
    return settings.tries(all);
  }

  /**
   * Starts a command of the project in a process of its own, with a temporary folder of its own.
   */
  Command start(String name, Object... options) throws IOException {
    return start(List.of(), name, options);
  }

  /**
   * @param prefix words in front of the {@code java} command, such as those that set a limit
   */
  Command start(List<String> prefix, String name, Object... options) throws IOException {
    return Command.start(command(prefix, name, options), directory, Map.of());
  }

  /**
   * @param environment variables besides those of this process
   */
  Command start(Map<String, String> environment, String name, Object... options)
      throws IOException {
    return Command.start(command(List.of(), name, options), directory, environment);
  }

  private List<String> command(List<String> prefix, String name, Object... options) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("scripts", "jvm-options").toAbsolutePath(),
            "-Xmx1g",
            "-Djava.io.tmpdir=" + path("tmp"),
            "-cp",
            classPath(),
            Main.class.getName(),
            name));
    Arrays.stream(options).map(Object::toString).forEach(command::add);
    return command;
  }

  /** That of this process without what only tests have. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() throws IOException {
    MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
