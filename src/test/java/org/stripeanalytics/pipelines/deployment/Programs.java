package org.stripeanalytics.pipelines.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Programs of this machine that tests ask, and skip where they are missing. */
public final class Programs {
  /** 2026-02-02T03:04:05Z, at which time stands still for the scripts. */
  private static final String NOW = "1770001445";

  /**
   * @param said on both streams
   */
  public record Run(int status, String said) {}

  /** Skips the test that asks, and says why, where a program is missing. */
  public static void require(String program, String advice) {
    boolean here =
        Splitter.on(File.pathSeparatorChar)
            .splitToStream(System.getenv("PATH"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!here) {
      skip("no " + program + " here; " + advice);
    }
  }

  /** A file of the Google SDK, where that is installed; skips the test that asks elsewhere. */
  public static Path ofGoogleSdk(Path file) throws IOException {
    for (String folder : Splitter.on(File.pathSeparatorChar).split(System.getenv("PATH"))) {
      Path gcloud = Path.of(folder, "gcloud");
      if (Files.isExecutable(gcloud)) {
        Path found = gcloud.toRealPath().getParent().resolveSibling(file);
        if (Files.exists(found)) {
          return found;
        }
      }
    }
    skip("no " + file.getFileName() + " here; gcloud components install pubsub-emulator");
    throw new AssertionError("skipped");
  }

  /** Skips the test that asks, and says why. */
  public static void skip(String reason) {
    LoggerFactory.getLogger(Programs.class).warn("skipped: {}", reason);
    assumeTrue(false, reason);
  }

  public static Run start(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NOW", NOW);
    builder.environment().remove("BASE_DIGEST");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), said);
  }

  private Programs() {}
}
