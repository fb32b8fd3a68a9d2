package org.stripeanalytics.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command that runs in a process of its own. */
final class Command {
  private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(.*\\)$");
  private static final int PATIENCE_MINUTES = 10;

  private final String line;
  private final Process process;
  private final Path output;
  private final Path errors;

  private Command(String line, Process process, Path output, Path errors) {
    this.line = line;
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /**
   * @param status that of the process: 137 if it was killed
   */
  record Ended(String line, int status, String output, String errors) {
    boolean showsTrace() {
      return TRACE.matcher(output + errors).find();
    }

    @Override
    public String toString() {
      return "%s ended with %d%n%s%s".formatted(line, status, output, errors);
    }
  }

  /**
   * @param environment variables besides those of this process
   */
  static Command start(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile(directory, "screen", ".out");
    Path errors = Files.createTempFile(directory, "screen", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    int main = command.indexOf("-cp") + 3;
    return new Command(
        String.join(" ", command.subList(main, command.size())), process, output, errors);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said about its work so far. */
  String said() throws IOException {
    return Files.readString(errors, UTF_8);
  }

  /** What it has answered so far. */
  String answered() throws IOException {
    return Files.readString(output, UTF_8);
  }

  /** Lets it run on for this long, or to its end if that comes first. */
  void letRun(long milliseconds) throws InterruptedException {
    process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** Kills it as {@code kill -9} does and waits until it is gone. */
  Ended kill() throws IOException, InterruptedException {
    process.destroyForcibly();
    return ended();
  }

  /**
   * Waits for its end.
   *
   * @throws IllegalStateException when that does not come
   */
  Ended ended() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IllegalStateException(line + " did not end");
    }
    Ended ended =
        new Ended(
            line,
            process.exitValue(),
            Files.readString(output, UTF_8),
            Files.readString(errors, UTF_8));
    Files.delete(output);
    Files.delete(errors);
    return ended;
  }
}
