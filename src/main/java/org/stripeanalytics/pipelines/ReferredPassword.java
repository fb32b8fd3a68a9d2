package org.stripeanalytics.pipelines;

import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.secrets.SecretReference;
import org.stripeanalytics.observability.secrets.SecretStores;
import org.stripeanalytics.observability.secrets.SecretUnavailableException;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.postgresql.PostgresDatabase;

/**
 * The password behind a reference, looked up wherever a connection is made.
 *
 * @param reference null if there is no password
 */
record ReferredPassword(@Nullable String reference) implements PostgresDatabase.PasswordSource {
  @Override
  public Optional<String> get() {
    if (reference == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(SecretStores.installed().get(SecretReference.parse(reference)).reveal());
    } catch (SecretUnavailableException e) {
      throw new WarehouseException("--warehousePassword: " + e.getMessage(), e);
    }
  }
}
