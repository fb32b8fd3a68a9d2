package org.stripeanalytics.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * What a worker process tells of itself, as its only line of output.
 *
 * @param seconds of the part that is measured; 0 if that is the whole process
 * @param startUpSeconds of the part that is left out of them, measured in the same process
 */
public record Worked(long amount, double seconds, double startUpSeconds) {

  public String line() {
    return String.format(Locale.ROOT, "%d %.6f %.6f%n", amount, seconds, startUpSeconds);
  }

  static Worked parse(String line) {
    List<String> words = List.of(line.strip().split(" "));
    return new Worked(
        Long.parseLong(words.get(0)),
        Double.parseDouble(words.get(1)),
        Double.parseDouble(words.get(2)));
  }

  /** Seconds since {@link System#nanoTime} said {@code start}. */
  public static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
