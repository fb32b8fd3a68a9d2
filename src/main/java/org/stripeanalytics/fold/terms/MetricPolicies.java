package org.stripeanalytics.fold.terms;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The choices on which the field's definitions of MRR disagree, and the frame in which it is
 * counted. The defaults are those of the metric definitions.
 */
@AutoValue
public abstract class MetricPolicies implements Serializable {

  /** Which discounts reduce MRR. Discounts of duration {@code once} never do. */
  public enum MrrDiscounts {
    /** Those of duration {@code forever}. */
    FOREVER,
    /** None: MRR at list price. */
    LIST,
    /** Those of duration {@code forever} and {@code repeating}: MRR as billed. */
    BILLED
  }

  public abstract MrrDiscounts mrrDiscounts();

  /** When a customer who asked to leave is taken to have left. */
  public enum ChurnAt {
    /** When the subscription ends. */
    ENDED_AT,
    /** When its end was asked for. */
    CANCELED_AT
  }

  public abstract ChurnAt churnAt();

  /** Whether past-due subscriptions count towards MRR. */
  public abstract boolean includePastDue();

  /** Whose days and months these are; fixed when the warehouse is created. */
  public abstract ZoneId reportingZone();

  /** ISO code in lower case. */
  public abstract String reportingCurrency();

  /** The share of revenue that is left after serving it, above 0 and up to 1. */
  public abstract BigDecimal grossMargin();

  /** How many days from its first MRR a customer is new. */
  public abstract int newDays();

  /** How many days from its first MRR a customer is being onboarded. */
  public abstract int onboardingDays();

  /** How many month ends with MRR that never fell make a champion; twelve at most. */
  public abstract int championMonths();

  /** Which of the account's two sets of objects is looked at: live, or test-mode ones. */
  public abstract boolean livemode();

  public abstract Builder toBuilder();

  public static MetricPolicies defaults() {
    return new AutoValue_MetricPolicies.Builder()
        .setMrrDiscounts(MrrDiscounts.FOREVER)
        .setChurnAt(ChurnAt.ENDED_AT)
        .setIncludePastDue(true)
        .setReportingZone(ZoneOffset.UTC)
        .setReportingCurrency("usd")
        .setGrossMargin(new BigDecimal("0.80"))
        .setNewDays(30)
        .setOnboardingDays(90)
        .setChampionMonths(12)
        .setLivemode(true)
        .build();
  }

  /** Changes single choices. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMrrDiscounts(MrrDiscounts discounts);

    public abstract Builder setChurnAt(ChurnAt churnAt);

    public abstract Builder setIncludePastDue(boolean include);

    public abstract Builder setReportingZone(ZoneId zone);

    public abstract Builder setReportingCurrency(String currency);

    public abstract Builder setGrossMargin(BigDecimal margin);

    public abstract Builder setNewDays(int days);

    public abstract Builder setOnboardingDays(int days);

    public abstract Builder setChampionMonths(int months);

    public abstract Builder setLivemode(boolean live);

    public abstract MetricPolicies build();
  }
}
