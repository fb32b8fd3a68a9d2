package org.stripeanalytics.ingestion;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.stripeanalytics.ingestion.StripeObject.aBalanceTransaction;
import static org.stripeanalytics.ingestion.StripeObject.aCharge;
import static org.stripeanalytics.ingestion.StripeObject.aCustomer;
import static org.stripeanalytics.ingestion.StripeObject.aDay;
import static org.stripeanalytics.ingestion.StripeObject.aSubscription;
import static org.stripeanalytics.ingestion.StripeObject.anInvoice;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule refuses what is no row, and what it says. */
class RecordRejectionTest {
  private static final Instant EVENING = Instant.parse("2024-01-31T23:30:00Z");

  @Test
  void anObjectOfABadEventIsRejectedAndTheEventKeptWithWhatIsInside() {
    Parsed parsed =
        Parsed.of(
            aSubscription()
                .with("currency", "\"zzz\"")
                .event("evt_1", "customer.subscription.updated", EVENING));

    assertThat(parsed.tables(), containsInAnyOrder("raw.events", "raw.prices"));
    assertThat(
        parsed.rejections(),
        contains(startsWith("raw.subscriptions sub_1 unknown_currency: currency is \"zzz\"")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
missing_id           | id                  | null      | id is missing
missing_id           | id                  | ""        | id is empty
missing_field        | currency            | null      | currency is missing
wrong_type           | amount              | "2000"    | amount is "2000"; expected a whole number
wrong_type           | amount              | 20.5      | amount is 20.5; expected a whole number
wrong_type           | paid                | "yes"     | paid is "yes"; expected true or false
wrong_type           | created             | "today"   | created is "today"; expected a whole number
wrong_type           | description         | 5         | description is 5; expected a text
wrong_type           | billing_details     | [1]       | billing_details is [1]; expected an object
wrong_type           | metadata            | [1]       | metadata is [1]; expected an object
negative_amount      | amount              | -1        | amount is -1; allowed is 0 or more
impossible_timestamp | created             | 0         | created is 1970-01-01T00:00:00Z; allowed are 1990-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z
impossible_timestamp | created             | 99999999999999999 | created is 99999999999999999; expected seconds since 1970
unknown_currency     | currency            | "usdx"    | currency is "usdx"; allowed are ISO 4217 codes in lower case
unknown_currency     | currency            | "USD"     | currency is "USD"; allowed are ISO 4217 codes in lower case
""")
  void aBadValueIsNamed(String rule, String path, String value, String message) {
    Parsed parsed = Parsed.extractedOn("2024-03-01", aCharge().with(path, value));

    assertThat(parsed.tables(), is(empty()));
    String id = path.equals("id") && value.equals("null") ? "" : path.equals("id") ? " " : "ch_1 ";
    assertThat(parsed.rejections(), contains("raw.charges " + id + rule + ": " + message));
  }

  @Test
  void secondsMistakenForMillisecondsAreImpossible() {
    Parsed parsed = Parsed.extractedOn("2024-03-01", aCharge().with("created", "1704445200000"));

    assertThat(
        parsed.rejections(),
        contains(startsWith("raw.charges ch_1 impossible_timestamp: created is +55981-")));
  }

  @Test
  void aCreationAfterTheExtractionIsImpossible() {
    Parsed parsed = Parsed.extractedOn("2024-01-04", aCharge());

    assertThat(
        parsed.rejections(),
        contains(
            "raw.charges ch_1 impossible_timestamp: created is 2024-01-05T09:00:00Z, after"
                + " 2024-01-04, the day of which it shows the state"));
  }

  @Test
  void aPeriodThatEndsBeforeItStartsIsImpossible() {
    Parsed parsed =
        Parsed.extractedOn("2024-03-01", anInvoice().with("lines.data.0.period.end", "1704445199"));

    assertThat(
        parsed.rejections(),
        contains(
            "raw.invoices in_1 impossible_timestamp: lines.period.end is 2024-01-05T08:59:59Z,"
                + " before lines.period.start, which is 2024-01-05T09:00:00Z"));
  }

  @Test
  void aLineInAnotherCurrencyThanItsInvoiceIsAMismatch() {
    Parsed parsed =
        Parsed.extractedOn("2024-03-01", anInvoice().with("lines.data.0.currency", "\"eur\""));

    assertThat(
        parsed.rejections(),
        contains(
            "raw.invoices in_1 currency_mismatch: lines.currency is eur and currency is usd;"
                + " they must be the same"));
  }

  @Test
  void aTextThatIsTooLongIsRejectedAndThePayloadMayBeLonger() {
    String long5000 = '"' + "x".repeat(5_000) + '"';
    String long5001 = '"' + "x".repeat(5_001) + '"';

    assertThat(
        Parsed.extractedOn("2024-03-01", aCharge().with("description", long5000)).tables(),
        contains("raw.charges"));
    assertThat(
        Parsed.extractedOn("2024-03-01", aCharge().with("description", long5001)).rejections(),
        contains(
            "raw.charges ch_1 text_too_long: description has 5001 characters; allowed are 5000"));
  }

  @Test
  void aNumberThatTheWarehouseWouldRoundIsRejected() {
    Parsed parsed =
        Parsed.extractedOn(
            "2024-03-01", aBalanceTransaction().with("exchange_rate", "0.1234567891"));

    assertThat(
        parsed.rejections(),
        contains(
            "raw.balance_transactions txn_1 too_precise: exchange_rate is 0.1234567891;"
                + " at most 29 digits and 9 decimal places are kept"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "\"1e999999999\"",
        "-1e999999999",
        "1e-999999999",
        "\"1e-999999999\"",
        "10e2147483647",
        "\"10e2147483647\"",
        "\"1e99999999999\"",
        "1e99999999999",
        "1e29",
        "0.0000000001",
      })
  void aNumberBeyondTheWarehouseIsNamedWithItsColumnAndNeverExpanded(String number) {
    Parsed parsed =
        Parsed.extractedOn("2024-03-01", aBalanceTransaction().withText("exchange_rate", number));

    assertThat(
        parsed.rejections(),
        contains(startsWith("raw.balance_transactions txn_1 too_precise: exchange_rate is ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          amount     | 1e999999999            | wrong_type: amount is
          created    | 1e999999999            | wrong_type: created is
          created    | 253402300800           | impossible_timestamp: created is
          created    | -99999999999999        | impossible_timestamp: created is
          amount     | 9223372036854775808    | wrong_type: amount is 9223372036854775808; expected a whole number
          id         | {"id":"acct_2","object":"account"} | wrong_type: id is {"id":"acct_2","object":"account"}; expected a text
          description | {"id":"acct_2","object":"account"} | wrong_type: description is {"id":"acct_2","object":"account"}; expected a text
          customer   | {"object":"customer"}  | wrong_type: customer is {"object":"customer"}; expected a text
          metadata   | {"k":{"a":1}}          | wrong_type: metadata.k is {"a":1}; expected a text
          metadata   | {"k":[]}               | wrong_type: metadata.k is []; expected a text
          metadata   | {"k":1.50}             | wrong_type: metadata.k is 1.50; expected a text
          """)
  void aValueThatWouldHaveToBeChangedIsRejected(String path, String value, String message) {
    Parsed parsed = Parsed.extractedOn("2024-03-01", aCharge().withText(path, value));

    assertThat(parsed.tables(), is(empty()));
    String id = path.equals("id") ? "" : "ch_1 ";
    assertThat(parsed.rejections(), contains(startsWith("raw.charges " + id + message)));
  }

  @ParameterizedTest
  @CsvSource({
    "-0001-12-31",
    "0000-01-01",
    "1969-12-31",
    "+10000-01-01",
    "+999999999-12-31",
    "2024-02-30"
  })
  void aDayThatNoCalendarOfOursHasIsRejected(String day) {
    assertThat(
        Parsed.of(aDay().with("day", '"' + day + '"')).rejections(),
        contains(startsWith("raw.marketing_spend ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name":"Zo\\u00eb"            |
          "name":"\\ud83d\\ude00"      |
          "name":"\\\\ud83d"            |
          "name":"\\ud83d"             | invalid_unicode: \\ud83d is half a character
          "name":"\\uDE00\\uD83D"      | invalid_unicode: \\uDE00 is half a character
          "name":"\\ud83dx"            | invalid_unicode: \\ud83d is half a character
          "metadata":{"\\udfff":"x"}   | invalid_unicode: \\udfff is half a character
          "name":"a","name":"a"        | broken_json: Duplicate field 'name'
          "metadata":{"a":"1","a":"2"} | broken_json: Duplicate field 'a'
          """)
  void textThatReadersUnderstandDifferentlyIsRejected(String member, String rejection) {
    String json =
        "{\"id\":\"prod_1\",\"object\":\"product\",\"created\":1704445200,\"active\":true,"
            + "\"livemode\":true,"
            + (member.startsWith("\"name\"") ? "" : "\"name\":\"x\",")
            + member
            + "}";

    Parsed parsed = Parsed.of(json, LocalDate.of(2024, 3, 1), "UTC");

    assertThat(
        parsed.rejections(), rejection == null ? is(empty()) : contains(startsWith(rejection)));
  }

  @Test
  void anEventWithTwoDataIsAmbiguous() {
    String event = aCustomer().event("evt_1", "customer.updated", EVENING).json();
    String twice = event.substring(0, event.length() - 1) + ",\"data\":{\"object\":{}}}";

    assertThat(
        Parsed.of(twice, null, "UTC").rejections(),
        contains("broken_json: Duplicate field 'data'"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T23:59:59Z, ,",
    "2026-01-03T00:00:00Z, , 2026-01-02",
    "2100-01-01T00:00:00Z, , 2026-01-02",
    "9999-12-31T23:59:59Z, 2026-01-01, 2026-01-02",
    "2027-06-30T23:59:59Z, 2027-06-30,",
    "2027-07-01T00:00:00Z, 2027-06-30, 2027-06-30",
  })
  void anEventIsNotFromTheFuture(Instant created, LocalDate extractedOn, LocalDate latest) {
    Parsed parsed =
        Parsed.of(
            aCustomer().event("evt_1", "customer.updated", created).json(), extractedOn, "UTC");

    assertThat(
        parsed.rejections(),
        latest == null
            ? is(empty())
            : contains(
                "raw.events evt_1 impossible_timestamp: created is %s, after %s, the day after the"
                        .formatted(created, latest)
                    + " ingestion or that of --extractedOn"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"object\":\"list\"}", "{\"object\":\"search_result\",\"data\":{}}"})
  void aListWithoutAnArrayOfDataIsRejected(String list) {
    assertThat(
        Parsed.of(list, null, "UTC").rejections(),
        contains(startsWith("missing_field: data of a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":}         | broken_json",
        "{\"a\":1} {}     | broken_json",
        "[]               | broken_json",
        "{}               | unknown_object",
        "{\"id\":\"x_1\",\"object\":\"unicorn\"} | x_1 unknown_object",
        "{\"object\":\"unicorn\"} | unknown_object",
        "{\"id\":\"evt_1\",\"object\":\"v2.core.event\"} | evt_1 unknown_object",
        "{\"object\":\"event\",\"id\":\"evt_1\"} | raw.events evt_1 missing_field",
      })
  void whatIsNoObjectOfOursIsNamed(String json, String rule) {
    assertThat(
        Parsed.of(json, LocalDate.of(2024, 3, 1), "UTC").rejections(),
        contains(startsWith(rule + ": ")));
  }

  @Test
  void anEventWithoutIdOrTimeSaysNothingOfItsObject() {
    assertThat(
        Parsed.of(aCharge().event("evt_1", "charge.succeeded", EVENING).without("id")).rejections(),
        contains("raw.events missing_id: id is missing"));
    assertThat(
        Parsed.of(aCharge().event("evt_1", "charge.succeeded", EVENING).without("created"))
            .rejections(),
        contains("raw.events evt_1 missing_field: created is missing"));
  }

  @Test
  void aPlainObjectWithoutADayOfExtractionIsRejected() {
    assertThat(
        Parsed.of(aCustomer()).rejections(),
        contains(startsWith("raw.customers cus_1 missing_extraction_day: ")));
  }
}
