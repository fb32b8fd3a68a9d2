package org.stripeanalytics.identity;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is which customer, rule by rule. */
class ResolutionTest {
  private final List<Clue> clues = new ArrayList<>();

  @Test
  void whoNamesTheCustomerIsThatCustomerWhateverTheAddress() {
    customer("cus_1", "ann@example.com");
    customer("cus_2", "bob@example.com");
    person(
        "user:1", row -> row.setCustomers(List.of("cus_1")).setEmails(List.of("bob@example.com")));

    assertThat(answer(), is("user:1 cus_1 explicit_id"));
  }

  @Test
  void whatMetadataNameOfARowIsAnExplicitId() {
    clues.add(stripe("cus_1", "ann@example.com").setSame(List.of("contact:7")).build());
    person("contact:7", row -> row.setEmails(List.of("x@mail.test")));

    assertThat(answer(), is("contact:7 cus_1 explicit_id"));
  }

  @Test
  void mergesAreFollowedToTheEndOfTheChainEvenInACircle() {
    customer("cus_1", "ann@example.com");
    person("contact:1", row -> row.setSame(List.of("contact:2")));
    person("contact:2", row -> row.setSame(List.of("contact:3")));
    person("contact:3", row -> row.setSame(List.of("contact:1")).setCustomers(List.of("cus_1")));

    assertThat(
        answer(),
        is("contact:1 cus_1 merged, contact:2 cus_1 merged, contact:3 cus_1 explicit_id"));
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({
    "' Ann@Example.COM ', email",
    "ann+crm@example.com, email_without_tag",
    "info@acme.example, domain",
    "ann@gmail.com, unresolved",
    "carl@example.com, unresolved",
    "no address, unresolved",
  })
  void anAddressIsComparedInItsNormalForm(String address, String rule) {
    customer("cus_1", "ann@example.com");
    customer("cus_2", "eve@example.com");
    customer("cus_3", "boss@acme.example");
    customer("cus_4", "bob@gmail.com");
    person("contact:1", row -> row.setEmails(List.of(address)));

    assertThat(answer().replaceFirst(".* ", ""), is(rule));
  }

  @Test
  void googlesDotsAndTagsMakeNoDifference() {
    customer("cus_1", "ann.lee@googlemail.com");
    person("contact:1", row -> row.setEmails(List.of("annlee+x@gmail.com")));

    assertThat(answer(), is("contact:1 cus_1 email"));
  }

  @Test
  void anAddressOfTwoCustomersIsNobodysAndDoesNotFanOut() {
    customer("cus_1", "ann@example.com");
    customer("cus_2", "Ann@example.com");
    person("contact:1", row -> row.setEmails(List.of("ann@example.com")));

    assertThat(answer(), is("contact:1 null unresolved"));
  }

  @Test
  void anotherAddressIsKnownFromASourceThatNamesTheCustomerUnlessManyShareIt() {
    customer("cus_1", "ann@example.com");
    person(
        "user:1",
        row -> row.setCustomers(List.of("cus_1")).setEmails(List.of("private@example.net")));
    person("contact:1", row -> row.setEmails(List.of("private@example.net")));
    person(
        "user:2", row -> row.setCustomers(List.of("cus_1")).setEmails(List.of("team@example.org")));
    person("contact:2", row -> row.setEmails(List.of("team@example.org")));

    assertThat(
        answer(),
        is(
            "contact:1 cus_1 known_email, contact:2 null unresolved, user:1 cus_1 explicit_id,"
                + " user:2 cus_1 explicit_id"));
  }

  @Test
  void aPersonOfACompanyThatNamesTheCustomerIsThatCustomers() {
    customer("cus_1", "ann@example.com");
    clues.add(row("company:9").setCompany(true).setCustomers(List.of("cus_1")).build());
    person("contact:1", row -> row.setEmployer("company:9"));

    assertThat(answer(), is("company:9 cus_1 explicit_id, contact:1 cus_1 company"));
  }

  @Test
  void aCompanyIsTheCustomerThatAllOfItsKnownPeopleAre() {
    customer("cus_1", "ann@example.com");
    clues.add(row("company:9").setCompany(true).build());
    person("contact:1", row -> row.setEmployer("company:9").setEmails(List.of("ann@example.com")));
    person("contact:2", row -> row.setEmployer("company:9").setEmails(List.of("x@mail.test")));

    assertThat(
        answer(), is("company:9 cus_1 people, contact:1 cus_1 email, contact:2 null unresolved"));
  }

  @Test
  void aCompanyWhosePeopleAreTwoCustomersIsNeither() {
    customer("cus_1", "ann@example.com");
    customer("cus_2", "bob@example.com");
    clues.add(row("company:9").setCompany(true).build());
    person("contact:1", row -> row.setEmployer("company:9").setEmails(List.of("ann@example.com")));
    person("contact:2", row -> row.setEmployer("company:9").setEmails(List.of("bob@example.com")));

    assertThat(
        answer(), is("company:9 null unresolved, contact:1 cus_1 email, contact:2 cus_2 email"));
  }

  @Test
  void aDomainOfTwoCompaniesTellsNothing() {
    customer("cus_1", "ann@acme.example");
    clues.add(row("company:1").setCompany(true).setDomain("https://www.acme.example/").build());
    clues.add(row("company:2").setCompany(true).setDomain("acme.example").build());
    person("contact:1", row -> row.setEmails(List.of("bob@acme.example")));

    assertThat(
        answer(),
        is("company:1 null unresolved, company:2 null unresolved, contact:1 null unresolved"));
  }

  @Test
  void theOrderOfTheCluesDoesNotMatter() {
    customer("cus_1", "ann@example.com");
    customer("cus_2", "bob@example.com");
    person("contact:1", row -> row.setSame(List.of("contact:2", "contact:4")));
    person("contact:2", row -> row.setEmails(List.of("ann@example.com")));
    person("contact:3", row -> row.setSame(List.of("contact:4")));
    person("user:1", row -> row.setCustomers(List.of("cus_2")).setEmails(List.of("x@y.example")));
    person("lead:1", row -> row.setEmails(List.of("x@y.example")));
    String once = Resolution.of(clues).toString();
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(clues, new Random(seed));
      assertThat(Resolution.of(clues).toString(), is(once));
    }
  }

  private void customer(String id, String email) {
    clues.add(stripe(id, email).build());
  }

  private static Clue.Builder stripe(String id, String email) {
    return row(Clue.STRIPE + ":" + id).setEmails(List.of(email));
  }

  private void person(String key, UnaryOperator<Clue.Builder> known) {
    clues.add(known.apply(row(key)).build());
  }

  private static Clue.Builder row(String key) {
    return Clue.builder()
        .setSource("crm")
        .setObject(key.substring(0, key.indexOf(':')))
        .setId(key.substring(key.indexOf(':') + 1));
  }

  private String answer() {
    return Resolution.of(clues).stream()
        .map(
            who ->
                "%s:%s %s %s"
                    .formatted(
                        who.getObject(), who.getSourceId(), who.getCustomerId(), who.getRule()))
        .collect(joining(", "));
  }
}
