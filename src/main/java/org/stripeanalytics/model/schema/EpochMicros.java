package org.stripeanalytics.model.schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An {@link Instant} carried as microseconds since the epoch: the precision of a warehouse's
 * TIMESTAMP in one INT64, where Beam's own {@code MicrosInstant} costs a nested row per value.
 */
public final class EpochMicros implements LogicalType<Instant, Long> {
  public static final String IDENTIFIER = "stripeanalytics:epoch_micros:v1";

  /** Also of the year 9999, where counting nanoseconds would overflow. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public String getIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public @Nullable FieldType getArgumentType() {
    return null;
  }

  @Override
  public FieldType getBaseType() {
    return FieldType.INT64;
  }

  @Override
  public Long toBaseType(Instant instant) {
    return of(instant);
  }

  @Override
  public Instant toInputType(Long micros) {
    return toInstant(micros);
  }
}
