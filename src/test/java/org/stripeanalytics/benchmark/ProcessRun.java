package org.stripeanalytics.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands in processes of their own, with their wall time and their peak of resident memory. */
final class ProcessRun {
  private static final int WATCH_MILLIS = 50;
  private static final int TOLD_CHARACTERS = 2_000;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /**
   * @param peakMegabytes 0 where the system does not tell
   */
  record Finished(int status, double seconds, long peakMegabytes, String output, String errors) {
    Sample sample() {
      return peakMegabytes == 0 ? Sample.of(seconds) : Sample.of(seconds, peakMegabytes);
    }
  }

  /**
   * @throws IllegalStateException with what the command said when it did not end well
   */
  static Finished of(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Finished finished = run(command, environment);
    if (finished.status() != 0) {
      String said = finished.errors() + finished.output();
      throw new IllegalStateException(
          "status %d of %s%n%s"
              .formatted(
                  finished.status(),
                  String.join(" ", command),
                  said.substring(Math.max(0, said.length() - TOLD_CHARACTERS))));
    }
    return finished;
  }

  /** A command that may well fail. */
  static Finished unchecked(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  private static Finished run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("benchmark", ".out");
    Path errors = Files.createTempFile("benchmark", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().putAll(environment);
      long start = System.nanoTime();
      Process process = builder.start();
      long peak = 0;
      try {
        while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
          peak = Math.max(peak, peakKibibytes(process.pid()));
        }
      } finally {
        process.destroy();
      }
      return new Finished(
          process.exitValue(),
          (System.nanoTime() - start) / 1e9,
          peak * 1_024 / 1_000_000,
          Files.readString(output, StandardCharsets.UTF_8),
          Files.readString(errors, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  /** The kernel's own high-water mark, so only what grows in the last moments can be missed. */
  private static long peakKibibytes(long pid) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) : 0;
    } catch (IOException e) {
      // The process has just ended, or this system has no /proc: then the peak is not known.
      return 0;
    }
  }

  private ProcessRun() {}
}
