package org.stripeanalytics.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a failed data test does to the run. */
public enum Severity {
  /** It fails. */
  @JsonProperty("error")
  ERROR,
  /** It succeeds, and the failure is reported. */
  @JsonProperty("warn")
  WARN
}
