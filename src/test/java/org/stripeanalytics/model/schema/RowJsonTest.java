package org.stripeanalytics.model.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.SubscriptionItem;

class RowJsonTest {
  private static final RowJson<SubscriptionItem> JSON = RowJson.of(SubscriptionItem.class);

  @Test
  void aRowIsReadAsItWasWrittenAndWhatIsAbsentIsLeftOut() {
    SubscriptionItem item =
        SubscriptionItem.builder()
            .setId("si_1")
            .setCreated(Instant.parse("2024-01-10T08:30:00Z"))
            .setCurrentPeriodStart(Instant.parse("2024-01-10T08:30:00Z"))
            .setCurrentPeriodEnd(Instant.parse("9999-12-31T00:00:00Z"))
            .setDiscounts(List.of("di_1"))
            .setPrice(
                ItemPrice.builder()
                    .setId("price_1")
                    .setProduct("prod_1")
                    .setCurrency("jpy")
                    .setType("one_time")
                    .setBillingScheme("per_unit")
                    .setUnitAmount(0L)
                    .build())
            .build();

    String text = JSON.write(item);

    assertThat(JSON.read(text), is(item));
    assertThat(
        text,
        is(
            "{\"created\":\"2024-01-10T08:30:00Z\",\"current_period_end\":\"9999-12-31T00:00:00Z\","
                + "\"current_period_start\":\"2024-01-10T08:30:00Z\",\"discounts\":[\"di_1\"],"
                + "\"id\":\"si_1\",\"price\":{\"billing_scheme\":\"per_unit\",\"currency\":\"jpy\","
                + "\"id\":\"price_1\",\"product\":\"prod_1\",\"type\":\"one_time\","
                + "\"unit_amount\":0}}"));
  }

  @Test
  void whatIsNoRowIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> JSON.read("{\"created\":\"yesterday\"}"));
  }
}
