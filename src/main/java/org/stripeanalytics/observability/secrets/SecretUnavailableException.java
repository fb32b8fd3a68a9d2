package org.stripeanalytics.observability.secrets;

import java.io.IOException;

/** A secret that cannot be had. The message names the reference and holds nothing of the value. */
public final class SecretUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why in a few words, as in a status of the store
   */
  public SecretUnavailableException(String reference, String why) {
    super("the secret " + reference + " cannot be had: " + why);
  }

  /**
   * @param why in a few words, as in a status of the store
   */
  public SecretUnavailableException(String reference, String why, Throwable cause) {
    super("the secret " + reference + " cannot be had: " + why, cause);
  }
}
