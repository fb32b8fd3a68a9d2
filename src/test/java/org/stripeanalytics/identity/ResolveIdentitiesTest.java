package org.stripeanalytics.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.Streams;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.model.schema.RowCoder;

/** The step around {@link Resolution}, whose own test shows the rules. */
@ExtendWith(TestPipelineExtension.class)
class ResolveIdentitiesTest {
  @Test
  void everyRowOfASourceIsACustomerOrUnresolved(TestPipeline pipeline) {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                            row("stripe", Clue.STRIPE, "cus_1", "ann@example.com"),
                            row("hubspot", "hubspot_contact", "7", "Ann@Example.com"),
                            row("hubspot", "hubspot_contact", "8", "eve@gmail.com"))
                        .withCoder(RowCoder.of(Clue.class)))
                .apply(ResolveIdentities.create()))
        .satisfies(
            rows -> {
              assertThat(
                  Streams.stream(rows)
                      .map(who -> who.getSourceId() + " " + who.getCustomerId())
                      .sorted()
                      .toList(),
                  is(List.of("7 cus_1", "8 null")));
              return null;
            });
    pipeline.run();
  }

  private static Clue row(String source, String object, String id, String email) {
    return Clue.builder()
        .setSource(source)
        .setObject(object)
        .setId(id)
        .setEmails(List.of(email))
        .build();
  }
}
