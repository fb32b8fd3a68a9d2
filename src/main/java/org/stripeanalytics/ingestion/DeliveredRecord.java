package org.stripeanalytics.ingestion;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** The text of one JSON object, and where it came from. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class DeliveredRecord {
  public abstract String getJson();

  /** Null where it did not come from a file. */
  public abstract @Nullable String getSourceFile();

  /** Its place in that file, from 1. */
  public abstract @Nullable Long getRecordNumber();

  /** The day at whose end plain objects are in this state; null where no such day is known. */
  public abstract @Nullable LocalDate getExtractedOn();

  public static DeliveredRecord of(
      String json,
      @Nullable String sourceFile,
      @Nullable Long recordNumber,
      @Nullable LocalDate extractedOn) {
    return builder()
        .setJson(json)
        .setSourceFile(sourceFile)
        .setRecordNumber(recordNumber)
        .setExtractedOn(extractedOn)
        .build();
  }

  static Builder builder() {
    return new AutoValue_DeliveredRecord.Builder();
  }

  /** Beam rebuilds records through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setJson(String value);

    abstract Builder setSourceFile(@Nullable String value);

    abstract Builder setRecordNumber(@Nullable Long value);

    abstract Builder setExtractedOn(@Nullable LocalDate value);

    abstract DeliveredRecord build();
  }
}
