package org.stripeanalytics.fold.terms;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What an account is counted in: the time zone of its days and months, the currency of its amounts,
 * and which of its two sets of objects is looked at. Unlike {@link MetricPolicies}, none of this is
 * a matter of definition.
 */
@AutoValue
public abstract class ReportingFrame implements Serializable {

  /** Whose days and months these are; fixed when the warehouse is created. */
  public abstract ZoneId zone();

  /** ISO code in lower case. */
  public abstract String currency();

  /** Whether live objects are counted; if not, test-mode objects are. */
  public abstract boolean livemode();

  public ReportingFrame withZone(ZoneId zone) {
    return new AutoValue_ReportingFrame(zone, currency(), livemode());
  }

  public ReportingFrame withCurrency(String currency) {
    return new AutoValue_ReportingFrame(zone(), currency, livemode());
  }

  public ReportingFrame withLivemode(boolean live) {
    return new AutoValue_ReportingFrame(zone(), currency(), live);
  }

  /** Live objects in UTC and US dollars. */
  public static ReportingFrame defaults() {
    return new AutoValue_ReportingFrame(ZoneOffset.UTC, "usd", true);
  }
}
