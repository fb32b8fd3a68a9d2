package org.stripeanalytics.acquisition;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.Streams;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.facts.AttributedConversion;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * The worked example of Serhii Puzyrov's page about Markov chains: two customers came by ads, one
 * by mail, one by ads and then mail, and one who saw an ad never paid.
 */
@ExtendWith(TestPipelineExtension.class)
class AttributeConversionsTest {
  private static final Instant PAID = Instant.parse("2024-06-01T12:00:00Z");

  private static PCollection<CustomerJourney> journeys(TestPipeline pipeline) {
    return pipeline.apply(
        Create.of(
                paid("cus_1", "ads"),
                paid("cus_2", "ads"),
                paid("cus_3", "mail"),
                paid("cus_4", "ads", "mail"),
                lost("ads"))
            .withCoder(RowCoder.of(CustomerJourney.class)));
  }

  private static CustomerJourney paid(String customer, String... channels) {
    return lost(channels).toBuilder()
        .setCustomerId(customer)
        .setConversion(CustomerJourney.FIRST_PAYMENT)
        .setConvertedAt(PAID)
        .setConvertedOn(LocalDate.parse("2024-06-01"))
        .setAmount(2001)
        .build();
  }

  private static CustomerJourney lost(String... channels) {
    List<Visit> visits = new ArrayList<>();
    for (String channel : channels) {
      Instant at = PAID.minusSeconds(3600L * (channels.length - visits.size()));
      visits.add(Visit.of("session-" + visits.size(), at, channel, Visit.NO_CAMPAIGN));
    }
    return CustomerJourney.builder().setVisits(visits).setCredited(visits).build();
  }

  @Test
  void everyConversionIsDividedInProportionToTheRemovalEffectsOfItsChannels(TestPipeline pipeline) {
    PAssert.that(journeys(pipeline).apply(AttributeConversions.in("usd")))
        .satisfies(
            rows -> {
              // Removal of ads costs 0.75 of what is won, removal of mail 0.50: three fifths.
              assertThat(
                  weights(rows, "markov"),
                  is(
                      Map.of(
                          "cus_1 ads", 1_000_000L,
                          "cus_2 ads", 1_000_000L,
                          "cus_3 mail", 1_000_000L,
                          "cus_4 ads", 600_000L,
                          "cus_4 mail", 400_000L)));
              return null;
            });
    pipeline.run();
  }

  @Test
  void everyModelDividesAmountsToTheMinorUnit(TestPipeline pipeline) {
    PAssert.that(journeys(pipeline).apply(AttributeConversions.in("usd")))
        .satisfies(
            rows -> {
              Map<String, Long> amounts = new TreeMap<>();
              rows.forEach(row -> amounts.merge(row.getModel(), row.getAmountMinor(), Long::sum));
              assertThat(
                  amounts.toString(),
                  is(
                      "{first=8004, last=8004, linear=8004, markov=8004, position=8004,"
                          + " shapley=8004, time_decay=8004}"));
              return null;
            });
    pipeline.run();
  }

  @Test
  void onlyVisitsBeforeAConversionAreTouchpoints(TestPipeline pipeline) {
    PAssert.that(journeys(pipeline).apply(ListTouchpoints.create()))
        .satisfies(
            rows -> {
              assertThat(
                  Streams.stream(rows)
                      .filter(row -> row.getCustomerId().equals("cus_4"))
                      .map(row -> row.getPosition() + " " + row.getChannel())
                      .sorted()
                      .toList(),
                  is(List.of("1 ads", "2 mail")));
              assertThat(Streams.stream(rows).count(), is(5L));
              return null;
            });
    pipeline.run();
  }

  private static Map<String, Long> weights(Iterable<AttributedConversion> rows, String model) {
    Map<String, Long> weights = new TreeMap<>();
    for (AttributedConversion row : rows) {
      if (row.getModel().equals(model)) {
        weights.put(row.getCustomerId() + " " + row.getChannel(), row.getWeightPpm());
      }
    }
    return weights;
  }
}
