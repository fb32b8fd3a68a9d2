package org.stripeanalytics.observability;

import java.io.IOException;

/** A message was not accepted. The text is fit for a log: it holds no address and no data. */
final class UndeliveredException extends IOException {
  private static final long serialVersionUID = 1L;

  UndeliveredException(String why) {
    super(why);
  }

  UndeliveredException(String why, Throwable cause) {
    super(why, cause);
  }
}
