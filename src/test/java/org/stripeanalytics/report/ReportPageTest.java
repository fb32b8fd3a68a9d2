package org.stripeanalytics.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  @TempDir Path folder;

  @Test
  void dataCannotLeaveItsScriptElement() {
    assertThat(
        PageJson.of(Map.of("a", "</script><!-- & \u2028")),
        is("{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\"}"));
  }

  @Test
  void numbersAreExactToSixPlaces() {
    assertThat(
        PageJson.of(
            List.of(
                new BigDecimal("1234567890.120000000"),
                new BigDecimal("0.0000005"),
                new BigDecimal("0.000000000"),
                new BigDecimal("1000"))),
        is("[1234567890.12,0.000001,0,1000]"));
  }

  @Test
  void thePagesPolicyLetsExactlyItsOwnScriptsRun() throws IOException {
    String page = page();
    List<String> scripts =
        Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(scripts, hasSize(2));
    for (String script : scripts) {
      String hash =
          Base64.getEncoder().encodeToString(Hashing.sha256().hashString(script, UTF_8).asBytes());
      assertThat(page, containsString("'sha256-" + hash + "'"));
    }
    assertThat(page, containsString("default-src 'none'"));
  }

  @Test
  void nothingIsFetchedFromAnywhere() throws IOException {
    List<String> addresses =
        Pattern.compile("(?:src|href)=\"(?!#)([^\"]*)\"|url\\(|@import")
            .matcher(page().replaceAll("(?s)<script.*?</script>", ""))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(addresses, hasSize(0));
  }

  @Test
  void whatIsFilledInIsNotTakenForAPlaceToFill() {
    ImmutableList<PipelineTask> tasks =
        ImmutableList.of(
            new PipelineTask("{{script}}", "", "", "", ImmutableList.of(), ImmutableList.of()));
    String page =
        ReportPage.render(
            Report.of(
                ExampleAccount.empty(folder.resolve("e.duckdb")), tasks, ExampleAccount.APRIL));
    assertThat(page, containsString("\"name\":\"{{script}}\""));
  }

  @Test
  void aPageReplacesTheOneBeforeAndLeavesNothingElse() throws IOException {
    Path directory = folder.resolve("new/report");
    Report report = report();
    ReportPage.write(report, directory);
    Path file = ReportPage.write(report, directory);

    assertThat(Files.readString(file), not(containsString("{{")));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList(), is(List.of(file)));
    }
  }

  private Report report() throws IOException {
    return Report.of(
        ExampleAccount.of15Months(folder.resolve("stripe.duckdb")),
        ImmutableList.of(),
        ExampleAccount.APRIL);
  }

  private String page() throws IOException {
    return ReportPage.render(report());
  }
}
