package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The bundled jar, started as the scripts start it: a process of its own for each command. */
final class BundledJar {
  private static final int PATIENCE_MINUTES = 10;

  private BundledJar() {}

  record Result(int status, String output, String errors) {}

  /** A command that has begun. */
  record Started(Process process, Path output, Path errors) {
    Result await() throws IOException, InterruptedException {
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      return new Result(
          ended ? process.exitValue() : -1,
          Files.readString(output, UTF_8),
          Files.readString(errors, UTF_8));
    }
  }

  /**
   * @param folder where the command is given
   * @param screen where its output is kept
   */
  static Started start(Path folder, Path screen, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("scripts", "jvm-options").toAbsolutePath());
    command.add("-jar");
    command.add(System.getProperty("bundled.jar"));
    command.addAll(List.of(args));
    Path output = screen.resolve("output");
    Path errors = screen.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    return new Started(process, output, errors);
  }

  static Result run(Path folder, Path screen, String... args)
      throws IOException, InterruptedException {
    return start(folder, screen, args).await();
  }
}
