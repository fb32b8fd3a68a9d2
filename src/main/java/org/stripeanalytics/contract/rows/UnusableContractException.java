package org.stripeanalytics.contract.rows;

/** A contract from which no row class can be written. The message begins with its path. */
public final class UnusableContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableContractException(String message) {
    super(message);
  }
}
