package org.stripeanalytics.dimensions;

import java.util.List;
import java.util.stream.Stream;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.GeographyMember;
import org.stripeanalytics.model.seeds.Geography;

/** {@code dimensions.dim_geography}: one row per country and the unknown member. */
public final class ComputeDimGeography {

  public static List<GeographyMember> rows(List<Geography> countries) {
    return Stream.concat(countries.stream().map(ComputeDimGeography::member), Stream.of(unknown()))
        .toList();
  }

  private static GeographyMember member(Geography country) {
    return GeographyMember.builder()
        .setGeographyKey(SurrogateKey.of(country.getCountry()))
        .setCountry(country.getCountry())
        .setCountryName(country.getCountryName())
        .setRegion(country.getRegion())
        .build();
  }

  private static GeographyMember unknown() {
    return GeographyMember.builder()
        .setGeographyKey(SurrogateKey.UNKNOWN)
        .setCountry(Catalog.UNKNOWN)
        .setCountryName(Catalog.UNKNOWN)
        .setRegion(Catalog.UNKNOWN)
        .build();
  }

  private ComputeDimGeography() {}
}
