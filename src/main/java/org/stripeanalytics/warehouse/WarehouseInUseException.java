package org.stripeanalytics.warehouse;

import com.google.common.base.Throwables;
import java.util.Optional;

/** Another process has the warehouse, and has kept it for longer than it is worth waiting. */
public final class WarehouseInUseException extends WarehouseException {
  public WarehouseInUseException(String message) {
    super(message);
  }

  /** The one that has ended a run, if it was one: engines wrap what their steps throw. */
  public static Optional<WarehouseInUseException> in(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .filter(WarehouseInUseException.class::isInstance)
        .map(WarehouseInUseException.class::cast)
        .findFirst();
  }
}
