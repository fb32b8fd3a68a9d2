package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Relations.aCustomer;
import static org.stripeanalytics.marts.Relations.aTicket;
import static org.stripeanalytics.marts.Relations.from;
import static org.stripeanalytics.marts.Relations.nobody;
import static org.stripeanalytics.marts.Relations.tickets;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.marts.SupportLoadMonthly;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.relations.CustomerRelations;

@ExtendWith(TestPipelineExtension.class)
class ComputeSupportLoadMonthlyTest {
  private static final String LONG_AFTER = "2024-08-01";

  @Test
  void ofTenAnswersTheMedianIsTheFifthAndP90TheNinth(TestPipeline pipeline) {
    CustomerRelations customer =
        aCustomer("cus_1")
            .setTickets(
                List.of(1, 2, 3, 4, 5, 60, 70, 80, 90, 1_000).stream()
                    .map(minutes -> aTicket("t" + minutes, "2024-01-15", minutes).build())
                    .toList())
            .build();
    assertRowsOf(
        "all",
        pipeline,
        List.of(customer),
        "2024-02-01",
        row ->
            told(
                row.getMonth(),
                row.getTicketsAnswered(),
                row.getFirstResponseMinutesMedian(),
                row.getFirstResponseMinutesP90()),
        "2024-01-01 10 5 90");
  }

  @Test
  void aTicketIsBadIfItWasRatedSoOrAnsweredAfterMoreThanTwentyFourHours(TestPipeline pipeline) {
    CustomerRelations customer =
        aCustomer("cus_1")
            .setTickets(
                tickets(
                    aTicket("rated", "2024-01-10", 5).setRatedBadly(true),
                    aTicket("just in time", "2024-01-11", 1_440),
                    aTicket("late", "2024-01-12", 1_441),
                    aTicket("open", "2024-01-13", 0).setFirstResponseMinutes(null)))
            .build();
    assertRowsOf(
        "all",
        pipeline,
        List.of(customer),
        "2024-02-01",
        row -> told(row.getTickets(), row.getTicketsAnswered(), row.getTicketsBad()),
        "4 3 2");
  }

  @Test
  void ticketsOfNobodyAreCountedAsUnresolvedInEverySegment(TestPipeline pipeline) {
    List<CustomerRelations> all =
        List.of(
            aCustomer("cus_1")
                .setSteps(List.of(from("2024-01-05", 100)))
                .setTickets(tickets(aTicket("1", "2024-01-10", 5), aTicket("2", "2024-01-11", 5)))
                .build(),
            nobody().setTickets(tickets(aTicket("3", "2024-01-10", 5))).build());
    assertRowsOf(
        "region",
        pipeline,
        all,
        "2024-02-01",
        row ->
            told(
                row.getSegmentValue(),
                row.getTickets(),
                row.getTicketsUnresolved(),
                row.getCustomersEnd(),
                row.getTicketsPerCustomer()),
        "europe 2 0 1 2",
        "unresolved 1 1 0 null");
  }

  /**
   * Both paid since December and had a ticket in January, one of them a bad one. That one was lost
   * on the ninetieth day after it, the other on the ninetieth after the start of the month; a third
   * was lost a day later.
   */
  @Test
  void aLossCountsUpToTheNinetiethDay(TestPipeline pipeline) {
    List<CustomerRelations> all =
        List.of(
            aCustomer("cus_bad")
                .setSteps(List.of(from("2023-12-01", 100), from("2024-04-09", 0)))
                .setTickets(tickets(aTicket("1", "2024-01-10", 5).setRatedBadly(true)))
                .build(),
            aCustomer("cus_good")
                .setSteps(List.of(from("2023-12-01", 100), from("2024-03-31", 0)))
                .setTickets(tickets(aTicket("2", "2024-01-10", 5)))
                .build(),
            aCustomer("cus_later")
                .setSteps(List.of(from("2023-12-01", 100), from("2024-04-01", 0)))
                .build());
    assertRowsOf(
        "all",
        pipeline,
        all,
        LONG_AFTER,
        row ->
            row.getMonth().equals(day("2024-01-01"))
                ? told(
                    row.getCustomersWithBadTicket(),
                    row.getChurnedWithBadTicket(),
                    row.getChurnRateWithBadTicket(),
                    row.getCustomersWithoutBadTicket(),
                    row.getChurnedWithoutBadTicket(),
                    row.getChurnRateWithoutBadTicket())
                : told("later"),
        "1 1 1 2 1 0.5",
        "later",
        "later",
        "later",
        "later",
        "later",
        "later");
  }

  @Test
  void lossesAreUnknownUntilNinetyDaysAfterTheMonthHavePassed(TestPipeline pipeline) {
    CustomerRelations customer =
        aCustomer("cus_1")
            .setSteps(List.of(from("2023-12-01", 100), from("2024-02-20", 0)))
            .setTickets(tickets(aTicket("1", "2024-01-10", 5).setRatedBadly(true)))
            .build();
    assertRowsOf(
        "all",
        pipeline,
        List.of(customer),
        "2024-05-01",
        row ->
            told(
                row.getMonth(),
                row.getCustomersWithBadTicket(),
                row.getChurnedWithBadTicket(),
                row.getCustomersWithoutBadTicket(),
                row.getChurnedWithoutBadTicket()),
        "2024-01-01 1 1 0 0",
        "2024-02-01 0 null 1 null",
        "2024-03-01 0 null 0 null",
        "2024-04-01 0 null 0 null");
  }

  @Test
  void whoPaidNothingTheDayBeforeABadTicketCannotBeLostAfterIt(TestPipeline pipeline) {
    CustomerRelations onTrial =
        aCustomer("cus_1")
            .setSteps(List.of(from("2024-01-10", 100), from("2024-02-20", 0)))
            .setTickets(tickets(aTicket("1", "2024-01-10", 5).setRatedBadly(true)))
            .build();
    assertRowsOf(
        "all",
        pipeline,
        List.of(onTrial),
        "2024-02-01",
        row ->
            told(
                row.getTicketsBad(),
                row.getCustomersWithBadTicket(),
                row.getCustomersWithoutBadTicket()),
        "1 0 0");
  }

  private static void assertRowsOf(
      String segment,
      TestPipeline pipeline,
      List<CustomerRelations> customers,
      String asOf,
      SerializableFunction<SupportLoadMonthly, String> told,
      String... expected) {
    ComputeSupportLoadMonthly support = ComputeSupportLoadMonthly.of(day(asOf), ZoneOffset.UTC, 24);
    PAssert.that(
            pipeline
                .apply(Create.of(customers).withCoder(RowCoder.of(CustomerRelations.class)))
                .apply("ComputeSupportLoadMonthly", support)
                .apply("Rows", MartRows.of(support.mart(), ZoneOffset.UTC))
                .apply("OfSegment", Filter.by(row -> row.getSegment().equals(segment)))
                .apply("Tell", MapElements.into(TypeDescriptors.strings()).via(told)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }
}
