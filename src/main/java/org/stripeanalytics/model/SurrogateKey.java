package org.stripeanalytics.model;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keys of dimensions: GoogleSQL's FARM_FINGERPRINT of the natural key, so that SQL can compute them
 * too and no run ever has to look one up.
 */
public final class SurrogateKey {
  /** The member that stands for everything unknown. */
  public static final long UNKNOWN = -1;

  public static long of(String naturalKey) {
    return Hashing.farmHashFingerprint64().hashString(naturalKey, StandardCharsets.UTF_8).asLong();
  }

  /** Of a version of something: the instant from which it holds is part of the key. */
  public static long of(String naturalKey, Instant validFrom) {
    return of(naturalKey + "|" + validFrom.getEpochSecond());
  }

  /** The unknown member where there is no natural key, or the dimension does not know it. */
  public static long orUnknown(@Nullable String naturalKey, boolean isKnown) {
    return naturalKey == null || !isKnown ? UNKNOWN : of(naturalKey);
  }

  private SurrogateKey() {}
}
