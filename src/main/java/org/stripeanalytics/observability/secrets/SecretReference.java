package org.stripeanalytics.observability.secrets;

import java.io.Serializable;

/**
 * Where a secret is kept: {@code env:VARIABLE}, {@code projects/P/secrets/S/versions/V} of Google
 * Secret Manager, or what another {@link SecretStore} understands. It is no secret, and may stand
 * in options, logs and job graphs.
 */
public record SecretReference(String text) implements Serializable {

  /**
   * Reads a reference.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it, because it
   *     may well be the secret
   */
  public static SecretReference parse(String text) {
    SecretStores stores = SecretStores.installed();
    if (!stores.understand(text)) {
      throw new IllegalArgumentException("no reference to a secret; allowed are " + stores.forms());
    }
    return new SecretReference(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
