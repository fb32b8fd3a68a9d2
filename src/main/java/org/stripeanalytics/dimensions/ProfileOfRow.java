package org.stripeanalytics.dimensions;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.Comparator;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.identity.Clue;
import org.stripeanalytics.identity.Profile;
import org.stripeanalytics.model.schema.RowCoder;

/** What one row of a source says of the customer that it is. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class ProfileOfRow {
  /** The row that counts first. */
  static final Comparator<ProfileOfRow> BY_RANK =
      Comparator.comparingLong((ProfileOfRow row) -> row.getProfile().getRank())
          .thenComparing(ProfileOfRow::getConfidence, Comparator.reverseOrder())
          .thenComparing(ProfileOfRow::getChangedAt, Comparator.reverseOrder())
          .thenComparing(ProfileOfRow::getObject)
          .thenComparing(ProfileOfRow::getId);

  /** The raw table without its layer. */
  public abstract String getObject();

  public abstract String getId();

  /** How sure it is that the row is the customer. */
  public abstract BigDecimal getConfidence();

  /** When the row changed last, in microseconds. */
  public abstract long getChangedAt();

  public abstract Profile getProfile();

  static ProfileOfRow of(Clue clue, BigDecimal confidence) {
    return builder()
        .setObject(clue.getObject())
        .setId(clue.getId())
        .setConfidence(confidence)
        .setChangedAt(clue.getChangedAt())
        .setProfile(clue.getProfile())
        .build();
  }

  static Builder builder() {
    return new AutoValue_ProfileOfRow.Builder();
  }

  /** Beam rebuilds it through this. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setObject(String value);

    abstract Builder setId(String value);

    abstract Builder setConfidence(BigDecimal value);

    abstract Builder setChangedAt(long value);

    abstract Builder setProfile(Profile value);

    abstract ProfileOfRow build();
  }
}
