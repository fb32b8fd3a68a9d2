package org.stripeanalytics.pipelines.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The settings of embedded Flink for which Beam has no option. Flink reads them from a directory,
 * and nothing else does.
 */
final class FlinkSettings {
  /**
   * Left alone, Flink gives a step that reads little only one thread, and folding the customers of
   * a small account is such a step: little to read and much to do.
   */
  private static final String SETTINGS =
      "execution.batch.adaptive.auto-parallelism.enabled: false\n";

  /**
   * Writes them into a directory of their own, which lasts as long as the process.
   *
   * @throws UncheckedIOException when there is no room for it
   */
  static String directory() {
    try {
      Path directory = Files.createTempDirectory("flink-settings");
      Path file = directory.resolve("config.yaml");
      Files.writeString(file, SETTINGS);
      // In the reverse order of their naming.
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the settings of embedded Flink cannot be written", e);
    }
  }

  private FlinkSettings() {}
}
