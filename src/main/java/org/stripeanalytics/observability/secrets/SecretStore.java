package org.stripeanalytics.observability.secrets;

import java.util.Optional;

/**
 * A place that keeps secrets. Stores are found by {@link java.util.ServiceLoader}, so that of
 * another cloud is a class and a line in {@code META-INF/services}. They are made where a secret is
 * needed, on a worker too, with a constructor without arguments.
 */
public interface SecretStore {
  /** How its references are written, for people: as in {@code env:VARIABLE}. */
  String form();

  /** Whether a text is a reference into this store, by its form alone; nothing is asked for. */
  boolean understands(String reference);

  /**
   * Fetches the value of a secret.
   *
   * @param reference one that it understands
   * @return none if the reference is one to a place that is left empty
   * @throws SecretUnavailableException when the store refuses or cannot be reached
   */
  Optional<Secret> fetch(String reference) throws SecretUnavailableException;
}
