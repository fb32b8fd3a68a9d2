package org.stripeanalytics.model.dimensions;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldName;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A row of {@code dimensions.dim_channel}: one row per acquisition channel that a customer or a
 * spend names, and the unknown member.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class ChannelMember {
  public abstract long getChannelKey();

  public abstract String getChannel();

  @SchemaFieldName("_as_of")
  public abstract LocalDate getAsOf();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_ChannelMember.Builder();
  }

  /** Builds a {@link ChannelMember}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setChannelKey(long value);

    public abstract Builder setChannel(String value);

    public abstract Builder setAsOf(LocalDate value);

    public abstract ChannelMember build();
  }
}
