package org.stripeanalytics.dimensions;

import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.model.SurrogateKey;
import org.stripeanalytics.model.dimensions.GeographyMember;
import org.stripeanalytics.model.seeds.Geography;

/** {@code dimensions.dim_geography}: one row per country and the unknown member. */
public final class ComputeDimGeography
    extends PTransform<PCollection<Geography>, PCollection<GeographyMember>> {

  private ComputeDimGeography() {}

  public static ComputeDimGeography create() {
    return new ComputeDimGeography();
  }

  @Override
  public PCollection<GeographyMember> expand(PCollection<Geography> rows) {
    return rows.apply(
            "Describe",
            MapElements.into(TypeDescriptor.of(GeographyMember.class))
                .via(ComputeDimGeography::member))
        .setCoder(Tables.DIM_GEOGRAPHY.coder())
        .apply("AddUnknown", AddUnknown.of(Tables.DIM_GEOGRAPHY, unknown()));
  }

  static GeographyMember member(Geography country) {
    return GeographyMember.builder()
        .setGeographyKey(SurrogateKey.of(country.getCountry()))
        .setCountry(country.getCountry())
        .setCountryName(country.getCountryName())
        .setRegion(country.getRegion())
        .build();
  }

  static GeographyMember unknown() {
    return GeographyMember.builder()
        .setGeographyKey(SurrogateKey.UNKNOWN)
        .setCountry(Catalog.UNKNOWN)
        .setCountryName(Catalog.UNKNOWN)
        .setRegion(Catalog.UNKNOWN)
        .build();
  }
}
