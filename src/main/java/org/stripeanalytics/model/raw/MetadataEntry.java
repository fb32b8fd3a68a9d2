package org.stripeanalytics.model.raw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** The record {@code metadata} of {@link Invoice}: key-value pairs set by the account. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class MetadataEntry {
  public abstract String getKey();

  public abstract String getValue();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_MetadataEntry.Builder();
  }

  /** Builds a {@link MetadataEntry}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setKey(String value);

    public abstract Builder setValue(String value);

    public abstract MetadataEntry build();
  }
}
