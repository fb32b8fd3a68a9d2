package org.stripeanalytics;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;

/** The README's rule by which a reader finds the class of any table, and its list of exceptions. */
class WhereTablesAreComputedTest {
  private static final Path CODE = Path.of("src", "main", "java", "org", "stripeanalytics");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** Classes by the table, or by {@code layer.*}. */
  private static ImmutableListMultimap<String, String> exceptions;

  @BeforeAll
  static void readExceptions() throws IOException {
    String section =
        Splitter.on("### Where a table is computed")
            .splitToList(Files.readString(Path.of("README.md")))
            .get(1)
            .replaceFirst("(?s)\\nAn option is declared.*", "");
    ImmutableListMultimap.Builder<String, String> found = ImmutableListMultimap.builder();
    for (String line : Splitter.on('\n').split(section)) {
      if (line.startsWith("| `")) {
        List<String> names =
            QUOTED.matcher(line).results().map(WhereTablesAreComputedTest::name).toList();
        String last = names.get(names.size() - 1);
        names.subList(0, names.size() - 1).forEach(table -> found.put(table, last));
      }
    }
    exceptions = found.build();
  }

  private static String name(MatchResult quoted) {
    return quoted.group(1);
  }

  @Test
  void everyTableIsComputedByTheClassOfItsNameOrOfTheList() {
    assertThat(
        Tables.all().stream()
            .map(WarehouseTable::contract)
            .filter(contract -> !isThere(byRule(contract)))
            .filter(contract -> !exceptions.containsKey(contract.name()))
            .filter(contract -> !exceptions.containsKey(contract.layer().id() + ".*"))
            .map(Contract::name)
            .toList(),
        is(empty()));
  }

  @Test
  void theListHasNoTableThatTheRuleFindsAndOnlyClassesThatAreThere() {
    assertThat(
        Tables.all().stream()
            .map(WarehouseTable::contract)
            .filter(contract -> exceptions.containsKey(contract.name()))
            .filter(contract -> isThere(byRule(contract)))
            .map(Contract::name)
            .toList(),
        is(empty()));
    assertThat(exceptions.values().stream().filter(path -> !isThere(path)).toList(), is(empty()));
    assertThat("raw tables come by two ways", exceptions.get("raw.*"), hasSize(2));
  }

  private static String byRule(Contract contract) {
    String words =
        Arrays.stream(contract.table().replaceFirst("^fct_", "").split("_", -1))
            .map(word -> Ascii.toUpperCase(word.substring(0, 1)) + word.substring(1))
            .collect(joining());
    return contract.layer().id() + "/Compute" + words;
  }

  private static boolean isThere(String path) {
    return Files.exists(CODE.resolve(path + ".java"));
  }
}
