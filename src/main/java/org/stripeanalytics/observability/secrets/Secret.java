package org.stripeanalytics.observability.secrets;

/**
 * The value of a secret. It shows itself to whoever asks for it by name and to nobody else: it has
 * no text of its own, and cannot be serialised into a job graph or as JSON.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A secret; the line break that an editor has left at its end is no part of it. */
  public static Secret of(String value) {
    return new Secret(value.stripTrailing());
  }

  /** The value itself. It goes to whom it is meant for, and into no message. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
