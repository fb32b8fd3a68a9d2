package org.stripeanalytics.dimensions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.identity.Profile;
import org.stripeanalytics.model.dimensions.CustomerProfile;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * {@code dimensions.dim_customer_profile}: one row per customer of whom other sources know a
 * company, an owner or a stage of its life. Each of the three comes from the row that has it and
 * whose table has the least rank; of one table from the row of which it is surest that it is the
 * customer, then from the one that changed last. Input: the clues of sources, each row once.
 * Bounded, in the global window; the keys of the shuffles are a row and a customer.
 */
public final class ComputeDimCustomerProfile
    extends PTransform<PCollection<Clue>, PCollection<CustomerProfile>> {
  private static final TupleTag<Clue> CLUE = new TupleTag<>() {};
  private static final TupleTag<Identity> IDENTITY = new TupleTag<>() {};

  private final PCollection<Identity> identities;

  private ComputeDimCustomerProfile(PCollection<Identity> identities) {
    this.identities = identities;
  }

  /**
   * @param identities who the clues are
   */
  public static ComputeDimCustomerProfile of(PCollection<Identity> identities) {
    return new ComputeDimCustomerProfile(identities);
  }

  @Override
  public PCollection<CustomerProfile> expand(PCollection<Clue> clues) {
    PCollection<KV<String, Clue>> withProfile =
        clues
            .apply("TakeProfiles", Filter.by(clue -> clue.getProfile() != null))
            .apply("KeyByRow", WithKeys.of(Clue::key))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Clue.class)));
    PCollection<KV<String, Identity>> resolved =
        identities
            .apply("TakeResolved", Filter.by(who -> who.getCustomerId() != null))
            .apply(
                "KeyIdentityByRow",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.strings(), TypeDescriptor.of(Identity.class)))
                    .via(who -> KV.of(Clue.key(who.getObject(), who.getSourceId()), who)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), Tables.IDENTITIES.coder()));
    return KeyedPCollectionTuple.of(CLUE, withProfile)
        .and(IDENTITY, resolved)
        .apply("GroupByRow", CoGroupByKey.create())
        .apply("KeyByCustomer", ParDo.of(new KnownFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(ProfileOfRow.class)))
        .apply("GroupByCustomer", GroupByKey.create())
        .apply("MakeProfiles", ParDo.of(new ProfileFn()))
        .setCoder(Tables.DIM_CUSTOMER_PROFILE.coder());
  }

  private static final class KnownFn
      extends DoFn<KV<String, CoGbkResult>, KV<String, ProfileOfRow>> {
    @ProcessElement
    public void emit(
        @Element KV<String, CoGbkResult> row, OutputReceiver<KV<String, ProfileOfRow>> output) {
      Clue clue = row.getValue().getOnly(CLUE, null);
      Identity who = row.getValue().getOnly(IDENTITY, null);
      if (clue != null && who != null) {
        output.output(KV.of(who.getCustomerId(), ProfileOfRow.of(clue, who.getConfidence())));
      }
    }
  }

  private static final class ProfileFn
      extends DoFn<KV<String, Iterable<ProfileOfRow>>, CustomerProfile> {
    @ProcessElement
    public void make(
        @Element KV<String, Iterable<ProfileOfRow>> customer,
        OutputReceiver<CustomerProfile> output) {
      profile(customer.getKey(), customer.getValue()).ifPresent(output::output);
    }
  }

  /** Nothing where nothing is known. */
  static Optional<CustomerProfile> profile(String customer, Iterable<ProfileOfRow> known) {
    List<ProfileOfRow> rows = new ArrayList<>();
    known.forEach(rows::add);
    rows.sort(ProfileOfRow.BY_RANK);
    Optional<ProfileOfRow> company = first(rows, Profile::getCompany);
    Optional<ProfileOfRow> owner = first(rows, Profile::getOwner);
    Optional<ProfileOfRow> stage = first(rows, Profile::getLifecycleStage);
    if (company.isEmpty() && owner.isEmpty() && stage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        CustomerProfile.builder()
            .setCustomerId(customer)
            .setCompany(company.map(row -> row.getProfile().getCompany()).orElse(null))
            .setCompanyFrom(company.map(ProfileOfRow::getObject).orElse(null))
            .setOwner(owner.map(row -> row.getProfile().getOwner()).orElse(null))
            .setOwnerFrom(owner.map(ProfileOfRow::getObject).orElse(null))
            .setLifecycleStage(stage.map(row -> row.getProfile().getLifecycleStage()).orElse(null))
            .setLifecycleStageFrom(stage.map(ProfileOfRow::getObject).orElse(null))
            .build());
  }

  private static Optional<ProfileOfRow> first(
      List<ProfileOfRow> rows, Function<Profile, String> attribute) {
    return rows.stream().filter(row -> attribute.apply(row.getProfile()) != null).findFirst();
  }
}
