package org.stripeanalytics.oracle;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A small account from {@code oracle/examples}: the answers that are expected of it, and the
 * statements that make its raw rows.
 *
 * @param name that of its file
 * @param sql the statements
 * @param expectations the answers, in the order of the file
 * @param refusal a part of the text with which the account is refused, if it is
 */
record OracleExample(
    String name, String sql, ImmutableList<Expectation> expectations, Optional<String> refusal) {
  private static final Pattern EXPECTED =
      Pattern.compile("^-- expected: (.*?) from (.*)$", Pattern.MULTILINE);
  private static final Pattern EXPECTED_TO_FAIL =
      Pattern.compile("^-- expected to fail: (.*)$", Pattern.MULTILINE);
  private static final Pattern VARIABLE =
      Pattern.compile("^SET VARIABLE (\\w+) = (?:DATE )?'?(.*?)'?;$", Pattern.MULTILINE);

  /** A query, and its answer: values joined by a blank, rows by a bar. */
  record Expectation(String answer, String query) {}

  /** All of them, by name. */
  static ImmutableList<OracleExample> all() {
    try (Stream<Path> files =
        Files.list(Path.of(Resources.getResource("oracle/examples").toURI()))) {
      return files
          .filter(file -> !file.endsWith("builders.sql"))
          .sorted()
          .map(OracleExample::parse)
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OracleExample parse(Path file) {
    try {
      String sql = Files.readString(file, StandardCharsets.UTF_8);
      ImmutableList<Expectation> expectations =
          EXPECTED
              .matcher(sql)
              .results()
              .map(match -> new Expectation(match.group(1), match.group(2)))
              .collect(ImmutableList.toImmutableList());
      Matcher refusal = EXPECTED_TO_FAIL.matcher(sql);
      return new OracleExample(
          MoreFiles.getNameWithoutExtension(file),
          sql,
          expectations,
          refusal.find() ? Optional.of(refusal.group(1)) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalDate asOf() {
    return LocalDate.parse(variable("as_of").orElseThrow());
  }

  ZoneId reportingZone() {
    return variable("reporting_zone").map(ZoneId::of).orElse(ZoneId.of("UTC"));
  }

  /** A variable that the example sets, without quotes. */
  Optional<String> variable(String name) {
    return VARIABLE
        .matcher(sql)
        .results()
        .filter(match -> match.group(1).equals(name))
        .map(match -> match.group(2))
        .findFirst();
  }

  /** A new warehouse with the example's rows, opened with its variables set. */
  Oracle in(Path file) {
    return HandMadeAccount.write(file, reportingZone(), sql);
  }

  /** A new warehouse with the rows of several examples, as if they were one account. */
  static void writeAll(List<OracleExample> examples, Path file) {
    for (OracleExample example : examples) {
      String prefix = "SET VARIABLE prefix = '" + example.name() + "_';\n";
      HandMadeAccount.write(file, ZoneId.of("UTC"), prefix + example.sql()).close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
