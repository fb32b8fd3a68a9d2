package org.stripeanalytics.dimensions;

import java.math.BigDecimal;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.identity.Profile;
import org.stripeanalytics.model.dimensions.CustomerProfile;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.model.schema.RowCoder;

@ExtendWith(TestPipelineExtension.class)
class ComputeDimCustomerProfileTest {

  @Test
  void eachOfThreeComesFromTheLeastRankThatHasItThenTheSurestThenTheLatest(TestPipeline pipeline) {
    PCollection<Clue> clues =
        pipeline.apply(
            "Clues",
            Create.of(
                    clue("account", "1", 5, aProfile(1).setCompany("Acme")),
                    clue("contact", "1", 6, aProfile(2).setCompany("acme").setOwner("unsure")),
                    clue("contact", "2", 3, aProfile(2).setOwner("surer, older")),
                    clue("contact", "3", 4, aProfile(2).setOwner("surer, newer")),
                    clue("lead", "1", 9, aProfile(3).setOwner("late").setLifecycleStage("lead")),
                    clue("contact", "4", 9, aProfile(2).setOwner("of nobody")),
                    clue("contact", "5", 9, aProfile(2)))
                .withCoder(RowCoder.of(Clue.class)));
    PCollection<Identity> identities =
        pipeline.apply(
            "Identities",
            Create.of(
                    identity("account", "1", "cus_1", "0.75"),
                    identity("contact", "1", "cus_1", "0.9"),
                    identity("contact", "2", "cus_1", "0.97"),
                    identity("contact", "3", "cus_1", "0.97"),
                    identity("lead", "1", "cus_1", "1"),
                    identity("contact", "4", null, "0"),
                    identity("contact", "5", "cus_2", "1"))
                .withCoder(Tables.IDENTITIES.coder()));

    PAssert.that(clues.apply("Compute", ComputeDimCustomerProfile.of(identities)))
        .containsInAnyOrder(
            CustomerProfile.builder()
                .setCustomerId("cus_1")
                .setCompany("Acme")
                .setCompanyFrom("account")
                .setOwner("surer, newer")
                .setOwnerFrom("contact")
                .setLifecycleStage("lead")
                .setLifecycleStageFrom("lead")
                .build());
    pipeline.run().waitUntilFinish();
  }

  private static Profile.Builder aProfile(long rank) {
    return Profile.builder().setRank(rank);
  }

  private static Clue clue(String object, String id, long changed, Profile.Builder profile) {
    return Clue.builder()
        .setSource("crm")
        .setObject(object)
        .setId(id)
        .setChangedAt(changed)
        .setProfile(profile.build())
        .build();
  }

  private static Identity identity(
      String object, String id, @Nullable String customer, String confidence) {
    return Identity.builder()
        .setSource("crm")
        .setObject(object)
        .setSourceId(id)
        .setCustomerId(customer)
        .setRule(customer == null ? "unresolved" : "email")
        .setConfidence(new BigDecimal(confidence))
        .setComponent(object + ":" + id)
        .build();
  }
}
