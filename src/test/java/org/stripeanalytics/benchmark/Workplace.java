package org.stripeanalytics.benchmark;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A directory for one session's warehouses, and the commands that work in it. */
final class Workplace implements AutoCloseable {
  private final Settings settings;
  private final Path directory;

  private Workplace(Settings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  static Workplace create(Settings settings) throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "benchmark"));
    return new Workplace(settings, Files.createTempDirectory(parent, "work").toAbsolutePath());
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** An empty directory. */
  Path emptied(String name) throws IOException {
    if (Files.exists(path(name))) {
      MoreFiles.deleteRecursively(path(name), RecursiveDeleteOption.ALLOW_INSECURE);
    }
    return Files.createDirectories(path(name));
  }

  /** A command as its user gives it. */
  ProcessRun.Finished command(String name, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scripts/pipeline", name));
    command.addAll(Arrays.asList(options));
    Map<String, String> environment =
        settings.heap().isPresent()
            ? Map.of("PIPELINE_JAVA_OPTIONS", "-Xmx" + settings.heap().get())
            : Map.of();
    return ProcessRun.of(command, environment);
  }

  /** A program of this benchmark, in a JVM with the options of the scripts. */
  ProcessRun.Finished worker(Class<?> program, Object... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@scripts/jvm-options");
    settings.heap().ifPresent(heap -> command.add("-Xmx" + heap));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    return ProcessRun.of(command, Map.of());
  }

  @Override
  public void close() throws IOException {
    MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
