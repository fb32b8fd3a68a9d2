package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          SELECT id FROM raw.invoices | SELECT id FROM `a-project.dev_raw.invoices`
          SELECT i.id FROM raw.invoices i JOIN raw.charges c | SELECT i.id FROM `a-project.dev_raw.invoices` i JOIN `a-project.dev_raw.charges` c
          SELECT 'raw.invoices' FROM raw.invoices | SELECT 'raw.invoices' FROM `a-project.dev_raw.invoices`
          SELECT 'it\\'s raw.invoices' | SELECT 'it\\'s raw.invoices'
          SELECT 1 -- raw.invoices | SELECT 1 -- raw.invoices
          SELECT 1 /* raw.invoices */ | SELECT 1 /* raw.invoices */
          SELECT * FROM `other.raw.invoices` | SELECT * FROM `other.raw.invoices`
          SELECT * FROM other.raw.invoices | SELECT * FROM other.raw.invoices
          SELECT * FROM my_raw.invoices | SELECT * FROM my_raw.invoices
          SELECT raw.id FROM raw.invoices AS raw | SELECT raw.id FROM `a-project.dev_raw.invoices` AS raw
          """)
  void tablesAreNamedInFullOutsideOfQuotesAndComments(String sql, String resolved) {
    assertThat(LayerNames.resolve(sql, new TableNames("a-project", "dev")), is(resolved));
  }
}
