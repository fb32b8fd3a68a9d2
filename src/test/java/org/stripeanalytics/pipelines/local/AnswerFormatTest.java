package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.warehouse.QueryResult;

class AnswerFormatTest {

  @Test
  void aTableHasNumbersToTheRightAndEverythingElseToTheLeft() {
    assertThat(
        AnswerFormat.TABLE.render(
            answer(
                List.of("month", "segment", "mrr_end"),
                row(LocalDate.of(2025, 1, 1), "all", new BigDecimal("12345.500000000")),
                row(LocalDate.of(2025, 2, 1), null, new BigDecimal("7.000000000")))),
        is(
            """
            month       segment  mrr_end
            ----------  -------  -------
            2025-01-01  all      12345.5
            2025-02-01                 7
            """));
  }

  @Test
  void anAnswerWithoutRowsIsItsHeader() {
    assertThat(AnswerFormat.TABLE.render(answer(List.of("id", "n"))), is("id  n\n--  -\n"));
  }

  @Test
  void nestedValuesAreJsonOnOneLine() {
    assertThat(
        AnswerFormat.TABLE.render(
            answer(
                List.of("lines"),
                row(List.of(Map.of("amount", 5L), Map.of("amount", new BigDecimal("1.50")))))),
        is(
            """
            lines
            -----------------------------
            [{"amount":5},{"amount":1.5}]
            """));
  }

  @Test
  void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
    assertThat(
        AnswerFormat.CSV.render(
            answer(List.of("a", "b", "c"), row("x,\"y\"", null, ""), row("two\nlines", 1L, 2.5))),
        is("a,b,c\r\n\"x,\"\"y\"\"\",,\"\"\r\n\"two\nlines\",1,2.5\r\n"));
  }

  @Test
  void jsonKeepsNumbersExactAndTheOrderOfColumns() {
    assertThat(
        AnswerFormat.JSON.render(
            answer(
                List.of("z", "a", "at"),
                row(
                    new BigDecimal("12345678901234567890.123456789"),
                    null,
                    Instant.parse("2025-01-01T00:00:00Z")),
                row(new BigDecimal("100.000000000"), true, null))),
        is(
            """
            [{"z":12345678901234567890.123456789,"a":null,"at":"2025-01-01T00:00:00Z"},
            {"z":100,"a":true,"at":null}]
            """));
  }

  @Test
  void anUnknownFormatIsRefusedWithThoseThatAreAllowed() {
    assertThat(
        assertThrows(BadInput.class, () -> AnswerFormat.named("xml")).getMessage(),
        is("--format=xml is not known; allowed are table, csv, json"));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static QueryResult answer(List<String> columns, List<Object>... rows) {
    return new QueryResult(ImmutableList.copyOf(columns), ImmutableList.copyOf(rows));
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
