package org.stripeanalytics.warehouse;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The warehouse that was asked for cannot be used. The message is one sentence for the person who
 * asked: what was given, and what would be allowed.
 */
public class WarehouseException extends RuntimeException {
  public WarehouseException(String message) {
    super(message);
  }

  public WarehouseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
