package org.stripeanalytics.intermediate;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.stripeanalytics.model.schema.RowSchema;

/** One thing a {@link Catalog} knows: of several of one kind and key the newest counts. */
@AutoValue
@DefaultSchema(RowSchema.class)
abstract class CatalogEntry {

  /** What the key is a key of. */
  enum Kind {
    PRODUCT_NAME,
    RATE,
    REGION
  }

  abstract Kind getKind();

  abstract String getKey();

  abstract String getValue();

  abstract Instant getChangedAt();

  static CatalogEntry of(Kind kind, String key, String value, Instant changedAt) {
    return builder().setKind(kind).setKey(key).setValue(value).setChangedAt(changedAt).build();
  }

  static Builder builder() {
    return new AutoValue_CatalogEntry.Builder();
  }

  /** Beam rebuilds entries through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setKind(Kind kind);

    abstract Builder setKey(String key);

    abstract Builder setValue(String value);

    abstract Builder setChangedAt(Instant changedAt);

    abstract CatalogEntry build();
  }
}
