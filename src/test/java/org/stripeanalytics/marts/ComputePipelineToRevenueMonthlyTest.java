package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;
import static org.stripeanalytics.marts.Relations.aCustomer;
import static org.stripeanalytics.marts.Relations.aWonDeal;
import static org.stripeanalytics.marts.Relations.from;
import static org.stripeanalytics.marts.Relations.nobody;
import static org.stripeanalytics.marts.Rows.told;

import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.marts.PipelineToRevenueMonthly;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.relations.CustomerRelations;

@ExtendWith(TestPipelineExtension.class)
class ComputePipelineToRevenueMonthlyTest {

  /** Five deals of January: paid the day before, on the day, after 30 days, after 31, and never. */
  @Test
  void aPaymentIsWithinTheDaysUpToTheThirtiethAndBeforeThemTheDayBefore(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            payer("cus_1", "2024-01-09"),
            payer("cus_2", "2024-01-10"),
            payer("cus_3", "2024-02-09"),
            payer("cus_4", "2024-02-10"),
            payer("cus_5", null)),
        "2024-03-02",
        row ->
            row.getDealsWon() == 0
                ? told("none", row.getMonth(), row.getPaidRate())
                : told(
                    row.getDealsWon(),
                    row.getDealsPaidBefore(),
                    row.getDealsPaidWithin(),
                    row.getDealsPaidLater(),
                    row.getDealsUnpaid(),
                    row.getPaidWithinRate(),
                    row.getPaidRate(),
                    row.getDaysToPaymentMedian(),
                    row.getDaysToPaymentP90()),
        "5 1 2 1 1 0.6 0.8 30 31",
        "none 2024-02-01 null");
  }

  @Test
  void theRateIsUnknownUntilTheDaysHavePassed(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(payer("cus_1", "2024-01-10")),
        "2024-03-01",
        row -> told(row.getMonth(), row.getDealsPaidWithin(), row.getPaidWithinRate()),
        "2024-01-01 1 null",
        "2024-02-01 0 null");
  }

  @Test
  void mrrAtTheEndOfTheMonthCountsACustomerOnceHoweverManyDealsItHas(TestPipeline pipeline) {
    CustomerRelations customer =
        aCustomer("cus_1")
            .setFirstPaidOn(day("2024-01-12"))
            .setSteps(
                List.of(from("2024-01-12", 50), from("2024-01-31", 80), from("2024-02-01", 9)))
            .setWonDeals(
                List.of(
                    aWonDeal("crm", "1", "2024-01-10", "600.50"),
                    aWonDeal("crm", "2", "2024-01-20", "0.000001"),
                    aWonDeal("other", "3", "2024-01-20", "960")))
            .build();
    assertRows(
        pipeline,
        List.of(customer),
        "2024-02-01",
        row ->
            told(
                row.getSource(),
                row.getDealsWon(),
                row.getAmountWon().toPlainString(),
                row.getCustomers(),
                row.getMrrEnd()),
        "crm 2 600.500001 1 80",
        "other 1 960.000000 1 80");
  }

  @Test
  void dealsOfNobodyAreUnresolvedAndInNoRate(TestPipeline pipeline) {
    assertRows(
        pipeline,
        List.of(
            payer("cus_1", "2024-01-10"),
            nobody().setWonDeals(List.of(aWonDeal("crm", "9", "2024-01-11", "1"))).build()),
        "2024-02-01",
        row ->
            told(
                row.getDealsWon(),
                row.getDealsUnresolved(),
                row.getDealsUnpaid(),
                row.getCustomers(),
                row.getPaidRate()),
        "2 1 0 1 1");
  }

  /** A customer with a deal of 10 January. */
  private static CustomerRelations payer(String id, String paidOn) {
    return aCustomer(id)
        .setFirstPaidOn(paidOn == null ? null : day(paidOn))
        .setWonDeals(List.of(aWonDeal("crm", id, "2024-01-10", "100")))
        .build();
  }

  private static void assertRows(
      TestPipeline pipeline,
      List<CustomerRelations> customers,
      String asOf,
      SerializableFunction<PipelineToRevenueMonthly, String> told,
      String... expected) {
    ComputePipelineToRevenueMonthly deals =
        ComputePipelineToRevenueMonthly.of(day(asOf), ZoneOffset.UTC, "usd", 30);
    PAssert.that(
            pipeline
                .apply(Create.of(customers).withCoder(RowCoder.of(CustomerRelations.class)))
                .apply("ComputePipelineToRevenueMonthly", deals)
                .apply("Rows", MartRows.of(deals.mart(), ZoneOffset.UTC))
                .apply("Tell", MapElements.into(TypeDescriptors.strings()).via(told)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }
}
