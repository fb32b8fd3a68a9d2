package org.stripeanalytics.model.ops;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.SchemaCaseFormat;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.base.CaseFormat;
import org.stripeanalytics.model.schema.RowCoder;

/** A row of {@code ops.warehouse_settings}: what was fixed when the warehouse was created. */
@AutoValue
@DefaultCoder(RowCoder.class)
@SchemaCaseFormat(CaseFormat.LOWER_UNDERSCORE)
public abstract class WarehouseSetting {
  public abstract String getName();

  public abstract String getValue();

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_WarehouseSetting.Builder();
  }

  /** Builds a {@link WarehouseSetting}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setName(String value);

    public abstract Builder setValue(String value);

    public abstract WarehouseSetting build();
  }
}
