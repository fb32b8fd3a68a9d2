package org.stripeanalytics.extraction;

/** An account cannot be read. The message is one line for people and names what was asked for. */
public class ExtractionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public ExtractionException(String message) {
    this(message, 0, "");
  }

  /**
   * @param status of the answer; 0 if there was none
   * @param code Stripe's, empty if it gave none
   */
  ExtractionException(String message, int status, String code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
