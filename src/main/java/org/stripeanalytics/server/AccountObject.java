package org.stripeanalytics.server;

import java.time.Instant;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/** An object of an account, in whatever state it was at an instant. */
public interface AccountObject {
  /** Unique in the account. */
  String id();

  /** What Stripe calls it in {@code object}. */
  String type();

  /** Seconds since the epoch, by which lists are sorted. */
  long created();

  /** Whether the account shows it at all. */
  boolean isThere(Instant now);

  /** Whether only a stub is left of it, which lists leave out. */
  boolean isDeleted(Instant now);

  /** The value that a list filters by, as text; null if it has none. */
  @Nullable String value(String name, Instant now);

  /** Every value that it ever has there. */
  Set<String> values(String name);

  /** The whole object, nested lists uncut. */
  byte[] json(Instant now);
}
