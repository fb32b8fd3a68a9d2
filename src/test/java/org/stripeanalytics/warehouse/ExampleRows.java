package org.stripeanalytics.warehouse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.intermediate.CustomerCheckpoint;
import org.stripeanalytics.model.intermediate.SpellItem;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.raw.DiscountAmount;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.LineParent;
import org.stripeanalytics.model.raw.LinePricing;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.raw.Period;
import org.stripeanalytics.model.raw.StatusTransitions;
import org.stripeanalytics.model.raw.SubscriptionItemDetails;
import org.stripeanalytics.model.seeds.FxRate;

/** Rows of realistic width for the tests of warehouses. */
public final class ExampleRows {
  private ExampleRows() {}

  /** A paid subscription invoice of {@code day} with the given number of lines. */
  public static Invoice.Builder anInvoice(String id, LocalDate day, int lines) {
    Instant created = day.atTime(9, 30).toInstant(ZoneOffset.UTC).plusNanos(123_456_000);
    return Invoice.builder()
        .setId(id)
        .setCustomer("cus_Q" + id.hashCode())
        .setCreated(created)
        .setNumber("A1B2C3D4-0001")
        .setStatus("paid")
        .setBillingReason("subscription_cycle")
        .setCollectionMethod("charge_automatically")
        .setCurrency("usd")
        .setSubtotal(2000L * lines)
        .setTotal(2000L * lines)
        .setAmountDue(2000L * lines)
        .setAmountPaid(2000L * lines)
        .setAmountRemaining(0)
        .setAmountOverpaid(0)
        .setStartingBalance(0)
        .setEndingBalance(0L)
        .setAttemptCount(1)
        .setAttempted(true)
        .setAutoAdvance(false)
        .setEffectiveAt(created)
        .setPeriodStart(created)
        .setPeriodEnd(created.plusSeconds(2_592_000))
        .setCustomerEmail("zoë.müller@example.com")
        .setCustomerName("Zoë Müller")
        .setParent(
            InvoiceParent.builder()
                .setType("subscription_details")
                .setSubscription("sub_1" + id)
                .build())
        .setStatusTransitions(
            StatusTransitions.builder()
                .setFinalizedAt(created.plusSeconds(3_600))
                .setPaidAt(created.plusSeconds(3_605))
                .build())
        .setLines(lines(id, created, lines))
        .setLivemode(false)
        .setMetadata(List.of(MetadataEntry.builder().setKey("channel").setValue("organic").build()))
        .setSnapshotDate(day)
        .setChangedAt(created.plusSeconds(3_605))
        .setSource("synthetic");
  }

  public static MrrMovement aMovement(String customer, String day, long change) {
    return MrrMovement.builder()
        .setCustomerKey(customer.hashCode())
        .setCustomerId(customer)
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("organic")
        .setInitialPlan("starter")
        .setDay(LocalDate.parse(day))
        .setMovementType("new")
        .setArrMinorBefore(0)
        .setArrMinorAfter(change)
        .setArrMinorChange(change)
        .build();
  }

  public static SubscriptionSpell aSpell(String subscription, long arrMinor, String asOf) {
    return SubscriptionSpell.builder()
        .setSubscriptionId(subscription)
        .setCustomerId("cus_1")
        .setValidFrom(Instant.parse("2024-01-01T00:00:00Z"))
        .setStatus("active")
        .setIsCounted(true)
        .setIsEnding(false)
        .setArrMinor(arrMinor)
        .setArrMinorList(arrMinor)
        .setArrMinorBilled(arrMinor)
        .setItems(
            List.of(
                SpellItem.builder()
                    .setItemId("si_1")
                    .setPriceId("price_1")
                    .setProductId("prod_1")
                    .setPlan("starter")
                    .setQuantity(1)
                    .setArrMinor(arrMinor)
                    .build()))
        .setDiscounts(List.of())
        .setAsOf(LocalDate.parse(asOf))
        .build();
  }

  public static CustomerCheckpoint aState(String customer, String month, long version) {
    return CustomerCheckpoint.builder()
        .setCustomerId(customer)
        .setMonth(LocalDate.parse(month))
        .setVersion(version)
        .setState("{}")
        .build();
  }

  public static FxRate aRate(String currency, String rate) {
    return FxRate.builder().setCurrency(currency).setRate(new BigDecimal(rate)).build();
  }

  private static List<InvoiceLine> lines(String id, Instant created, int lines) {
    InvoiceLine[] built = new InvoiceLine[lines];
    for (int i = 0; i < lines; i++) {
      built[i] =
          InvoiceLine.builder()
              .setId("il_" + i + id)
              .setAmount(2000)
              .setSubtotal(2000)
              .setCurrency("usd")
              .setDescription("1 × Starter (at $20.00 / month)")
              .setQuantity(1L)
              .setDiscountable(true)
              .setPeriod(
                  Period.builder().setStart(created).setEnd(created.plusSeconds(2_592_000)).build())
              .setParent(
                  LineParent.builder()
                      .setType("subscription_item_details")
                      .setSubscriptionItemDetails(
                          SubscriptionItemDetails.builder()
                              .setSubscription("sub_1" + id)
                              .setSubscriptionItem("si_1" + id)
                              .setProration(false)
                              .build())
                      .build())
              .setPricing(
                  LinePricing.builder()
                      .setPrice("price_1StarterMonthly")
                      .setProduct("prod_Starter")
                      .setUnitAmountDecimal("2000")
                      .build())
              .setDiscountAmounts(
                  i == 0
                      ? List.of()
                      : List.of(
                          DiscountAmount.builder().setAmount(200).setDiscount("di_1").build()))
              .build();
    }
    return List.of(built);
  }
}
