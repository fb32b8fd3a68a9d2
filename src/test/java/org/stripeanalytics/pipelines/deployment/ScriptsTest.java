package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the scripts would do on Google Cloud, as {@code --dry-run} prints it, against {@code
 * src/test/resources/scripts/}. A script that was changed on purpose writes those files anew with
 * {@code -Dgolden.write=true}.
 */
class ScriptsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
run-transform-dev  | run-template transform --environment=dev
run-transform-prod | run-template transform --environment=prod
run-ingest-prod    | run-template ingest --environment=prod
run-old-version    | run-template check --environment=dev --version=v1.2.0 --from=2024-01-01 --to=2024-02-01
run-replay         | run-template replay --environment=prod --run=ingest-20260201-020000
build              | build-template --environment=dev --version=v1.2.0
deploy             | deploy-template --environment=prod --version=v1.2.0
rollback           | rollback --environment=prod --version=v1.1.3
schedule-dev       | schedule --environment=dev
schedule-prod      | schedule --environment=prod
schedule-pause     | schedule --environment=prod --pause
backfill           | backfill --environment=prod --from=2024-11-15 --to=2025-02-01
backup-prod        | backup --environment=prod
restore-prod       | restore --environment=prod --backup=20260201T020000
""")
  void aDryRunPrintsTheCommandsToTheLetter(String golden, String command) throws Exception {
    Path file = Path.of("src/test/resources/scripts", golden + ".txt");
    Programs.Run run = run(command + " --dry-run");
    assertThat(run.said(), run.status(), is(0));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, run.said());
    }
    assertThat(run.said(), is(Files.readString(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "1769997599, '', open",
    "1769997600, '', all",
    "1770001199, '', all",
    "1770001200, '', open",
    "1770001200, --mode=all, all",
  })
  void runsBetweenTwoAndThreeAtNightPublishAllAndSoDoThoseThatAreAskedTo(
      String now, String option, String mode) throws Exception {
    Programs.Run run =
        Programs.start(
            List.of(
                "env",
                "NOW=" + now,
                "bash",
                "-c",
                "scripts/run-template transform --environment=prod --dry-run " + option));

    assertThat(run.said(), containsString("mode=" + mode + "~"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
run-template transform                                   | --environment is missing; allowed are dev, prod
run-template transform --environment=test                | --environment=test is not known; allowed are dev, prod
run-template --environment=dev                           | give the name of a template
run-template transfrom --environment=dev                 | transfrom is no template; allowed are check collect connect ingest predict replay stream synthesize transform
run-template synthesize --environment=prod               | synthesize has no place in prod; see pipelines/synthesize.yaml
run-template transform --environment=dev --gross=1       | --gross is no option of transform
run-template transform --environment=dev --version=1.2   | --version=1.2 is no version; allowed are versions such as v1.2.0
deploy-template --environment=dev                        | --version= is no version; allowed are versions such as v1.2.0
rollback --environment=dev --version=v1.1.3 now          | unexpected now
backfill --environment=dev --from=2024-01-01             | "" is no day
backfill --environment=dev --from=2024-02-01 --to=2024-01-01 | --to=2024-01-01 is not after --from=2024-02-01
restore --environment=dev                                | --backup= is no backup
""")
  void whatCannotBeUsedIsOneLineAndStatusTwo(String command, String fault) throws Exception {
    Programs.Run run = run(command + " --dry-run");

    assertThat(run.said(), containsString(fault));
    assertThat(run.said().lines().count(), is(1L));
    assertThat(run.status(), is(2));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
1.2.0          | v1.2.0 | 0 | ''
1.2.0-SNAPSHOT | v1.2.0 | 2 | v1.2.0 is not the version of pom.xml, which is 1.2.0-SNAPSHOT
1.1.0          | v1.2.0 | 2 | v1.2.0 is not the version of pom.xml, which is 1.1.0
1.2.0          | 1.2.0  | 2 | "1.2.0" is no release; give its tag, as in v1.2.0
""")
  void aReleaseHasTheVersionOfThePom(
      String version, String tag, int status, String fault, @TempDir Path folder) throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String ours = "<artifactId>stripe-analytics-pipeline</artifactId>\n  <version>";
    int at = pom.indexOf(ours) + ours.length();
    Path released =
        Files.writeString(
            folder.resolve("pom.xml"),
            pom.substring(0, at) + version + pom.substring(pom.indexOf("</version>", at)));

    Programs.Run run =
        Programs.start(List.of("env", "POM=" + released, "bash", "scripts/require-release", tag));

    assertThat(run.said(), startsWith(fault));
    assertThat(run.status(), is(status));
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    Programs.require("shellcheck", "Debian and Ubuntu have a package");
    List<String> command =
        new ArrayList<>(
            List.of(
                "shellcheck", "-x", ".ci/run", "scripts/benchmark/run", "scripts/benchmark/edge"));
    Environment.NAMES.forEach(name -> command.add("templates/kubernetes/" + name + "/launch.sh"));
    try (Stream<Path> scripts = Files.list(Path.of("scripts"))) {
      scripts
          .filter(script -> Files.isRegularFile(script) && !script.endsWith("jvm-options"))
          .map(Path::toString)
          .sorted()
          .forEach(command::add);
    }
    assertThat(Programs.start(command).said(), is(""));
  }

  @Test
  void terraformIsFormatted() throws Exception {
    Programs.require("terraform", "the files are formatted by terraform fmt");
    Programs.Run run =
        Programs.start(List.of("terraform", "fmt", "-check", "-diff", "templates/infrastructure"));
    assertThat(run.said(), run.status(), is(0));
  }

  private static Programs.Run run(String command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Splitter.on(' ').splitToList(command));
    words.set(0, "scripts/" + words.get(0));
    words.add(0, "bash");
    return Programs.start(words);
  }
}
