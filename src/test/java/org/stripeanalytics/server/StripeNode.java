package org.stripeanalytics.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.stripeanalytics.pipelines.deployment.Programs;

/** Stripe's own library for Node, which tests ask; they are skipped where it cannot be had. */
public final class StripeNode {
  private static final String NPM_PACKAGE = "stripe@22.6.2";
  private static final Path FOLDER = Path.of("target/other-clients");

  /** Runs a script of the test resources with the library, and returns what it printed. */
  public static String run(Path script, String... args) throws IOException, InterruptedException {
    Programs.require("node", "Debian and Ubuntu have a package, nodejs");
    Programs.require("npm", "Debian and Ubuntu have a package");
    if (!Files.isDirectory(FOLDER.resolve("node_modules/stripe"))) {
      Programs.Run install =
          Programs.start(
              List.of(
                  "npm",
                  "install",
                  "--silent",
                  "--no-audit",
                  "--no-fund",
                  "--no-save",
                  "--fetch-retries=1",
                  "--prefix",
                  FOLDER.toString(),
                  NPM_PACKAGE));
      if (install.status() != 0) {
        Programs.skip(NPM_PACKAGE + " cannot be installed from npm's registry");
      }
    }
    // Beside the library, which is where Node looks for it.
    Path copy = FOLDER.resolve(script.getFileName());
    Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
    List<String> command = new ArrayList<>(List.of("node", copy.toString()));
    command.addAll(List.of(args));
    Programs.Run run = Programs.start(command);
    assertThat(run.said(), run.status(), is(0));
    return run.said();
  }

  private StripeNode() {}
}
