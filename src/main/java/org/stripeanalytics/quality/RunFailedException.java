package org.stripeanalytics.quality;

/**
 * A run did not pass one of its own checks. What it has published stays. The message is one
 * sentence for the person who started it: what was found, and where to look.
 */
public final class RunFailedException extends RuntimeException {
  public RunFailedException(String message) {
    super(message);
  }
}
