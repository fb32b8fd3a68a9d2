package org.stripeanalytics.oracle;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle itself is right: every small account has the answers that its head gives. */
class OracleExamplesTest {
  @TempDir Path folder;

  static Stream<OracleExample> examples() {
    return OracleExample.all().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theOracleGivesTheAnswersThatTheExampleExpects(OracleExample example) {
    try (Oracle oracle = example.in(folder.resolve("example.duckdb"))) {
      if (example.refusal().isPresent()) {
        RuntimeException refused =
            assertThrows(
                Oracle.OracleException.class,
                () -> {
                  oracle.prepare();
                  Oracle.TABLES.forEach(table -> oracle.query(Oracle.select(table)));
                });
        assertThat(refused.getMessage(), containsString(example.refusal().get()));
        return;
      }
      oracle.prepare();
      assertThat(example.expectations(), is(not(empty())));
      for (String table : tablesAskedFor(example)) {
        oracle.execute("CREATE TEMP VIEW " + table + " AS " + Oracle.select(table));
      }
      for (OracleExample.Expectation expected : example.expectations()) {
        assertThat(expected.query(), tell(oracle.query(expected.query())), is(expected.answer()));
      }
    }
  }

  @Test
  void everyTableIsAskedForInSomeExample() {
    assertThat(
        examples()
            .flatMap(example -> tablesAskedFor(example).stream())
            .distinct()
            .sorted()
            .toList(),
        is(Oracle.TABLES.stream().sorted().toList()));
  }

  /** To plan one takes longer than to ask it of a few rows. */
  private static List<String> tablesAskedFor(OracleExample example) {
    return Oracle.TABLES.stream()
        .filter(
            table ->
                example.expectations().stream()
                    .anyMatch(
                        expected ->
                            Pattern.compile("\\b" + table + "\\b")
                                .matcher(expected.query())
                                .find()))
        .toList();
  }

  private static String tell(List<List<String>> rows) {
    return rows.isEmpty()
        ? "nothing"
        : rows.stream()
            .map(
                row -> row.stream().map(cell -> cell == null ? "null" : cell).collect(joining(" ")))
            .collect(joining(" | "));
  }
}
