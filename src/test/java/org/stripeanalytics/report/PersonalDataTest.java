package org.stripeanalytics.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalDataTest {
  private static final String MASK = PersonalData.MASK;

  @Test
  void addressesPhonesAndPayloadsAreMasked() {
    PersonalData personal = PersonalData.in(List.of("id", "email", "_payload"));
    assertThat(personal.masked("email", "ada@example.com"), is(MASK));
    assertThat(personal.masked("_payload", "{}"), is(MASK));
    assertThat(personal.masked("id", "cus_1"), is("cus_1"));
    assertThat(personal.masked("email", null), is(nullValue()));
  }

  @Test
  void aNameIsMaskedBesideAnAddressAndKeptOnAProduct() {
    assertThat(PersonalData.in(List.of("name", "email")).masked("name", "Ada"), is(MASK));
    assertThat(PersonalData.in(List.of("name", "active")).masked("name", "Starter"), is("Starter"));
  }

  @Test
  void recordsAndListsAreMaskedWithin() {
    Object masked =
        PersonalData.in(List.of("billing_details"))
            .masked(
                "billing_details",
                Map.of("email", "a@b.co", "name", "Ada", "address", Map.of("line1", "1 Rue")));
    assertThat(masked, is(Map.of("email", MASK, "name", MASK, "address", Map.of("line1", MASK))));
  }

  @Test
  void aNameIsAPersonsWhereverEmailIsSpokenOf() {
    assertThat(PersonalData.in(List.of("name", "email_domain")).masked("name", "Ada"), is(MASK));
  }

  @Test
  void jsonTextIsLookedInto() {
    PersonalData personal = PersonalData.in(List.of("data_object", "previous_attributes"));
    assertThat(
        personal.masked("data_object", "{\"id\":\"cus_1\",\"address\":{\"line1\":\"1 Rue\"}}"),
        is("{\"id\":\"cus_1\",\"address\":{\"line1\":\"" + MASK + "\"}}"));
    assertThat(
        personal.masked("previous_attributes", "{\"name\":\"Ada\"}"),
        is("{\"name\":\"" + MASK + "\"}"));
    assertThat(personal.masked("data_object", "{\"name\":\"Ada"), is(MASK));
  }

  @Test
  void anEmailAddressIsMaskedInAnyText() {
    assertThat(
        PersonalData.in(List.of("description")).masked("description", "write to ada@example.com!"),
        is("write to " + MASK + "!"));
  }
}
