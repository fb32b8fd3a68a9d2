package org.stripeanalytics.dimensions;

import static org.stripeanalytics.model.SurrogateKey.orUnknown;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.timeline.CustomerSegments;
import org.stripeanalytics.fold.timeline.CustomerSpell;
import org.stripeanalytics.fold.timeline.CustomerTimeline;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.CustomerVersion;

/**
 * The type-2 history of one customer: a change of name, e-mail domain, country, card brand,
 * delinquency or deletion closes a version and opens the next. The first version reaches back to
 * the signup.
 */
public final class CustomerVersions {

  /** In time order, without gaps; empty for a customer whose object never arrived. */
  public static ImmutableList<CustomerVersion> of(CustomerTimeline timeline, ZoneId zone) {
    List<CustomerSpell> spells = timeline.getCustomerSpells();
    ImmutableList.Builder<CustomerVersion> versions = ImmutableList.builder();
    for (int i = 0; i < spells.size(); i++) {
      Instant end = i + 1 < spells.size() ? spells.get(i + 1).getValidFrom() : null;
      CustomerVersion version = version(spells.get(i), end, timeline.getSegments(), zone);
      LocalDate since = timeline.getSegmentsSince();
      versions.add(
          since != null && since.isAfter(version.getAsOf())
              ? version.toBuilder().setAsOf(since).build()
              : version);
    }
    return versions.build();
  }

  private static CustomerVersion version(
      CustomerSpell spell, @Nullable Instant end, CustomerSegments segments, ZoneId zone) {
    CustomerSnapshot snapshot = spell.getVersion();
    return CustomerVersion.builder()
        .setCustomerKey(SurrogateKey.of(snapshot.getId(), spell.getValidFrom()))
        .setCustomerId(snapshot.getId())
        .setValidFrom(spell.getValidFrom())
        .setValidTo(end)
        .setIsCurrent(end == null)
        .setCreatedAt(snapshot.getCreated())
        .setName(snapshot.getName())
        .setEmailDomain(emailDomain(snapshot.getEmail()))
        .setBillingCountry(
            snapshot.getAddress() == null ? null : snapshot.getAddress().getCountry())
        .setCardBrand(spell.getCardBrand())
        .setIsDelinquent(Boolean.TRUE.equals(snapshot.getDelinquent()))
        .setIsDeleted(Boolean.TRUE.equals(snapshot.getDeleted()))
        .setGeographyKey(
            orUnknown(segments.getCountry(), !segments.getRegion().equals(Catalog.UNKNOWN)))
        .setChannelKey(
            orUnknown(segments.getChannel(), !segments.getChannel().equals(Catalog.UNKNOWN)))
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(Days.of(end == null ? spell.getValidFrom() : end, zone))
        .build();
  }

  /** The member that stands for every customer that is not known. */
  static CustomerVersion unknown() {
    return CustomerVersion.builder()
        .setCustomerKey(SurrogateKey.UNKNOWN)
        .setCustomerId(Catalog.UNKNOWN)
        .setValidFrom(Instant.EPOCH)
        .setIsCurrent(true)
        .setCreatedAt(Instant.EPOCH)
        .setIsDelinquent(false)
        .setIsDeleted(false)
        .setGeographyKey(SurrogateKey.UNKNOWN)
        .setChannelKey(SurrogateKey.UNKNOWN)
        .setCountry(Catalog.UNKNOWN)
        .setRegion(Catalog.UNKNOWN)
        .setChannel(Catalog.UNKNOWN)
        .setInitialPlan("none")
        .setAsOf(LocalDate.EPOCH)
        .build();
  }

  private static @Nullable String emailDomain(@Nullable String email) {
    if (email == null || email.indexOf('@') < 0) {
      return null;
    }
    return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private CustomerVersions() {}
}
