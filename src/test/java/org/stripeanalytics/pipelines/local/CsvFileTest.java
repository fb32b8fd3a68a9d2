package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.pipelines.BadInput;

class CsvFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,amount\na > b,1\n\"c, \"\"d\"\"\",2\n",
        "name,amount\r\na > b,1\r\n\"c, \"\"d\"\"\",2\r\n",
        "\ufeffName,Amount\na > b,1\n\"c, \"\"d\"\"\",2",
        "name;amount\na > b;1\nc, \"d\";2\n",
        "name\tamount\na > b\t1\nc, \"d\"\t2\n",
        " name , amount \n a > b , 1 \n\n\"c, \"\"d\"\"\" , 2 \n\n",
      })
  void whateverProgramWroteItTheCellsAreTheSame(String text) throws IOException {
    assertThat(read(text, UTF_8), is(List.of("[name, amount]", "a > b|1", "c, \"d\"|2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,1\\nb     | line 3 has another number of cells (1) than the header (2)",
        "a,1,\\n     | line 2 has another number of cells (3) than the header (2)",
        "a,\\n       | line 2 has amount=; allowed are numbers from 0, such as 12 or 0.5",
        "a,1\\nb,-1  | line 3 has amount=-1; allowed are",
        "a,NaN       | line 2 has amount=NaN; allowed are",
        "a,0x10      | line 2 has amount=0x10; allowed are",
        "a,1e999999  | line 2 has amount=1e999999; allowed are",
        "`\"a\nb\",x`| line 2 has amount=x; allowed are",
        "`\"a,1`     | line 2 is not CSV: Missing closing quote",
        "`\"a\"b,1`  | line 2 is not CSV: Unexpected character",
      })
  void whatIsWrongIsSaidOnOneLineWithItsNumber(String rows, String complaint) {
    String text = "name,amount\n" + rows.replace("\\n", "\n");

    BadInput refused = assertThrows(BadInput.class, () -> read(text, UTF_8));

    assertThat(refused.getMessage(), containsString("file.csv " + complaint));
    assertThat(refused.getMessage().lines().count(), is(1L));
  }

  @Test
  void anotherEncodingIsRefused() {
    BadInput refused =
        assertThrows(BadInput.class, () -> read("name,amount\nMünchen,1\n", ISO_8859_1));

    assertThat(refused.getMessage(), containsString("is not UTF-8 text"));
  }

  @Test
  void aFileWithoutAHeaderIsRefused() {
    BadInput refused = assertThrows(BadInput.class, () -> read("\n", UTF_8));

    assertThat(refused.getMessage(), containsString("is empty; its first line names the columns"));
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    BadInput refused =
        assertThrows(BadInput.class, () -> CsvFile.open(folder.resolve("other.csv")));

    assertThat(refused.getMessage(), containsString("other.csv does not exist"));
  }

  /** The header, then each row as its name and its amount. */
  private List<String> read(String text, Charset encoding) throws IOException {
    Path path = Files.writeString(folder.resolve("file.csv"), text, encoding);
    List<String> read = new ArrayList<>();
    try (CsvFile file = CsvFile.open(path)) {
      read.add(file.header().toString());
      while (file.next()) {
        read.add(file.text(0) + "|" + file.amount(1));
      }
    }
    return read;
  }
}
