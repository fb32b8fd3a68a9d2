package org.stripeanalytics.relations;

import java.math.BigDecimal;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.Identity;

@ExtendWith(TestPipelineExtension.class)
class FindCustomersTest {

  @Test
  void aDealingIsTheOneCustomersThatItsPartiesAreAndElseNobodys(TestPipeline pipeline) {
    PCollection<Identity> identities =
        pipeline.apply(
            "Identities",
            Create.of(
                    identity("user", "1", "cus_1"),
                    identity("user", "2", "cus_2"),
                    identity("user", "3", null),
                    identity("company", "1", "cus_1"))
                .withCoder(Tables.IDENTITIES.coder()));
    PCollection<KV<String, String>> links =
        pipeline.apply(
            "Links",
            Create.of(KV.of("company:1", "deal:linked"), KV.of("company:1", "deal:not there"))
                .withCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of())));
    PCollection<KV<String, Dealing>> dealings =
        pipeline.apply(
            "Dealings",
            Create.of(
                    dealing("ticket:of one", "user:1"),
                    dealing("ticket:of one and its company", "user:1", "company:1"),
                    dealing("ticket:of two", "user:1", "user:2"),
                    dealing("ticket:of one unknown", "user:3"),
                    dealing("ticket:of nobody"),
                    dealing("deal:linked"))
                .withCoder(ReadDealings.CODER));

    PAssert.that(
            dealings
                .apply("FindCustomers", FindCustomers.of(identities, links))
                .apply(
                    "Tell",
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            one ->
                                one.getValue().getKey()
                                    + (FindCustomers.isCustomer(one.getKey())
                                        ? " is of " + one.getKey()
                                        : " is nobody's"))))
        .containsInAnyOrder(
            "ticket:of one is of cus_1",
            "ticket:of one and its company is of cus_1",
            "ticket:of two is nobody's",
            "ticket:of one unknown is nobody's",
            "ticket:of nobody is nobody's",
            "deal:linked is of cus_1");
    pipeline.run().waitUntilFinish();
  }

  private static KV<String, Dealing> dealing(String key, String... parties) {
    return KV.of(
        key,
        Dealing.builder()
            .setKind(key.substring(0, key.indexOf(':')))
            .setSource("crm")
            .setKey(key)
            .setParties(List.of(parties))
            .build());
  }

  private static Identity identity(String object, String id, @Nullable String customer) {
    return Identity.builder()
        .setSource("crm")
        .setObject(object)
        .setSourceId(id)
        .setCustomerId(customer)
        .setRule(customer == null ? "unresolved" : "email")
        .setConfidence(BigDecimal.ZERO)
        .setComponent(object + ":" + id)
        .build();
  }
}
