package org.stripeanalytics.dimensions;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.intermediate.CustomerSegments;
import org.stripeanalytics.intermediate.CustomerSnapshot;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.Days;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.CustomerVersion;

/**
 * The type-2 history of one customer: a change of name, e-mail domain, country, delinquency or
 * deletion closes a version and opens the next. The first version reaches back to the signup.
 */
final class CustomerVersions {

  /** In time order, without gaps; empty for a customer whose object never arrived. */
  static ImmutableList<CustomerVersion> of(CustomerTimeline timeline, ZoneId zone) {
    List<CustomerVersion> versions = new ArrayList<>();
    for (CustomerSnapshot snapshot : timeline.getCustomerVersions()) {
      Instant from = versions.isEmpty() ? snapshot.getCreated() : snapshot.getChangedAt();
      append(versions, version(snapshot, timeline.getSegments(), from, zone), zone);
    }
    return ImmutableList.copyOf(versions);
  }

  private static void append(List<CustomerVersion> versions, CustomerVersion next, ZoneId zone) {
    if (!versions.isEmpty()) {
      CustomerVersion last = versions.remove(versions.size() - 1);
      if (tracksTheSame(last, next)) {
        versions.add(last);
        return;
      }
      if (last.getValidFrom().isBefore(next.getValidFrom())) {
        versions.add(
            last.toBuilder()
                .setValidTo(next.getValidFrom())
                .setIsCurrent(false)
                .setAsOf(Days.of(next.getValidFrom(), zone))
                .build());
      }
    }
    versions.add(next);
  }

  private static boolean tracksTheSame(CustomerVersion last, CustomerVersion next) {
    return last.equals(
        next.toBuilder()
            .setCustomerKey(last.getCustomerKey())
            .setValidFrom(last.getValidFrom())
            .setAsOf(last.getAsOf())
            .build());
  }

  private static CustomerVersion version(
      CustomerSnapshot snapshot, CustomerSegments segments, Instant from, ZoneId zone) {
    return CustomerVersion.builder()
        .setCustomerKey(SurrogateKey.of(snapshot.getId(), from))
        .setCustomerId(snapshot.getId())
        .setValidFrom(from)
        .setIsCurrent(true)
        .setCreatedAt(snapshot.getCreated())
        .setName(snapshot.getName())
        .setEmailDomain(emailDomain(snapshot.getEmail()))
        .setBillingCountry(
            snapshot.getAddress() == null ? null : snapshot.getAddress().getCountry())
        .setIsDelinquent(Optional.ofNullable(snapshot.getDelinquent()).orElse(false))
        .setIsDeleted(Optional.ofNullable(snapshot.getDeleted()).orElse(false))
        .setGeographyKey(key(segments.getCountry()))
        .setChannelKey(key(segments.getChannel()))
        .setCountry(segments.getCountry())
        .setRegion(segments.getRegion())
        .setChannel(segments.getChannel())
        .setInitialPlan(segments.getInitialPlan())
        .setAsOf(Days.of(from, zone))
        .build();
  }

  private static long key(String value) {
    return SurrogateKey.orUnknown(value, !value.equals(Catalog.UNKNOWN));
  }

  private static @Nullable String emailDomain(@Nullable String email) {
    if (email == null || email.indexOf('@') < 0) {
      return null;
    }
    return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  private CustomerVersions() {}
}
