package org.stripeanalytics.pipelines.deployment;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDiffTest {
  private static final String TABLE =
      """
      {"schema": {"fields": [
        {"name": "id", "type": "STRING", "mode": "REQUIRED"},
        {"name": "amount", "type": "INTEGER", "mode": "NULLABLE"},
        {"name": "lines", "type": "RECORD", "mode": "REPEATED", "fields": [
          {"name": "price", "type": "STRING", "mode": "NULLABLE"}]}]},
       "clustering": {"fields": ["id"]}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
{"name": "amount"  | {"name": "currency", "type": "STRING"}, {"name": "amount" | marts.a.currency is new and NULLABLE
{"name": "price"   | {"name": "tax", "type": "INTEGER"}, {"name": "price"      | marts.a.lines.tax is new and NULLABLE
"mode": "REQUIRED" | "mode": "NULLABLE"                                        | marts.a.id was REQUIRED and is NULLABLE
""")
  void whatIsAddedPasses(String before, String after, String change) throws IOException {
    SchemaDiff diff = diff(TABLE.replace(before, after));

    assertThat(diff.additive(), contains(change));
    assertThat(diff.breaking(), is(empty()));
    assertThat(diff.allows("1.2.0", "1.2.1"), is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
"INTEGER"          | "NUMERIC"                                                                 | marts.a.amount was INTEGER and is NUMERIC
{"name": "amount"  | {"name": "zone", "type": "STRING", "mode": "REQUIRED"}, {"name": "amount" | marts.a.zone is new and REQUIRED
"fields": ["id"]   | "fields": ["amount"]                                                      | marts.a: clustering was {"fields":["id"]} and is {"fields":["amount"]}
"mode": "REPEATED" | "mode": "NULLABLE"                                                        | marts.a.lines was REPEATED and is NULLABLE
""")
  void whatBreaksNeedsAMajorVersion(String before, String after, String change) throws IOException {
    SchemaDiff diff = diff(TABLE.replace(before, after));

    assertThat(diff.breaking(), contains(change));
    assertThat(diff.allows("1.2.0", "1.3.0"), is(false));
    assertThat(diff.allows("1.2.0", "2.0.0-SNAPSHOT"), is(true));
  }

  @Test
  void aColumnThatIsRenamedIsGone() throws IOException {
    SchemaDiff diff = diff(TABLE.replace("\"price\"", "\"unit_price\""));

    assertThat(diff.breaking(), contains("marts.a.lines.price is gone"));
  }

  @Test
  void aTableThatIsGoneBreaksAndANewOneDoesNot() throws IOException {
    write("before/marts/old.json", TABLE);
    write("after/marts/young.json", TABLE);

    SchemaDiff diff = SchemaDiff.of(folder.resolve("before"), folder.resolve("after"));

    assertThat(diff.breaking(), contains("marts.old is gone"));
    assertThat(diff.additive(), contains("marts.young is new"));
  }

  @Test
  void theContractsDoNotDifferFromThemselves() {
    SchemaDiff diff = SchemaDiff.of(Path.of("schemas"), Path.of("schemas"));

    assertThat(diff, is(SchemaDiff.of(folder, folder)));
  }

  private SchemaDiff diff(String after) throws IOException {
    write("before/marts/a.json", TABLE);
    write("after/marts/a.json", after);
    return SchemaDiff.of(folder.resolve("before"), folder.resolve("after"));
  }

  private void write(String path, String json) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), json);
  }
}
