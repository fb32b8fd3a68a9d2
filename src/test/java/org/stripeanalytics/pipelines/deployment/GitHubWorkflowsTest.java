package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workflows of the repository promise, and what actionlint says of them. */
class GitHubWorkflowsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workflows")
  void actionsArePinnedToACommitAndSayItsVersion(Path workflow) throws IOException {
    List<String> uses =
        Files.readAllLines(workflow).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("- uses:") || line.startsWith("uses:"))
            .toList();

    assertThat(uses.isEmpty(), is(false));
    assertThat(
        uses, everyItem(matchesPattern("(- )?uses: [\\w.-]+/[\\w./-]+@[0-9a-f]{40} # v[0-9.]+")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workflows")
  void aWorkflowMayReadAndAJobThatMayMoreSaysWhat(Path workflow) throws IOException {
    JsonNode root = YAML.readTree(workflow.toFile());

    assertThat(root.get("permissions").toString(), is("{\"contents\":\"read\"}"));
    for (JsonNode job : root.get("jobs")) {
      if (job.has("permissions")) {
        assertThat(
            job.get("permissions").toString(),
            is("{\"contents\":\"read\",\"id-token\":\"write\"}"));
        assertThat(
            "whoever gets a token is an environment", job.get("environment"), notNullValue());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("workflows")
  void everyJobEndsAndNoCheckoutLeavesItsTokenBehind(Path workflow) throws IOException {
    for (JsonNode job : YAML.readTree(workflow.toFile()).get("jobs")) {
      assertThat(job.get("timeout-minutes"), notNullValue());
      for (JsonNode step : job.get("steps")) {
        if (step.path("uses").asText().startsWith("actions/checkout@")) {
          assertThat(step.get("with").get("persist-credentials").asBoolean(true), is(false));
        }
      }
    }
  }

  @Test
  void nothingIsBuiltOfATagThatIsNotTheVersionOfThePom() throws IOException {
    List<String> steps =
        YAML.readTree(Path.of(".github/workflows/template.yml").toFile())
            .at("/jobs/build/steps")
            .findValuesAsText("run");

    assertThat(steps.get(0), is("scripts/require-release \"$GITHUB_REF_NAME\""));
  }

  @Test
  void actionlintHasNothingToSay() throws Exception {
    Programs.Run lint = lint(".github/workflows");

    assertThat(lint.said(), lint.said(), is(""));
    assertThat(lint.status(), is(0));
  }

  @Test
  void actionlintIsHeardWhenItHasSomethingToSay(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("wrong.yml"),
        Files.readString(Path.of(".github/workflows/check.yml"))
            .replace("github.event_name", "github.evnt_name"));

    Programs.Run lint = lint(folder.toString());

    assertThat(lint.said(), containsString("evnt_name"));
    assertThat(lint.status(), is(1));
  }

  private static Programs.Run lint(String workflows) throws IOException, InterruptedException {
    Programs.require("node", "Debian and Ubuntu have a package, nodejs");
    Programs.require("npm", "Debian and Ubuntu have a package");
    Programs.Run lint =
        Programs.start(
            List.of("env", "WORKFLOWS=" + workflows, "bash", "scripts/lint", "workflows"));
    if (lint.status() == 3) {
      Programs.skip(lint.said().strip());
    }
    return lint;
  }
}
