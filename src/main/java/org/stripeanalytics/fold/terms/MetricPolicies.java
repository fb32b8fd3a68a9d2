package org.stripeanalytics.fold.terms;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.math.BigDecimal;

/**
 * The choices on which the field's definitions of MRR disagree, and the frame in which it is
 * counted. The defaults are those of the metric definitions. What counts the same whatever was
 * chosen takes the {@link ReportingFrame} alone.
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

  /** What all of this is counted in. */
  public abstract ReportingFrame frame();

  /** The share of revenue that is left after serving it, above 0 and up to 1. */
  public abstract BigDecimal grossMargin();

  /** How many days from its first MRR a customer is new. */
  public abstract int newDays();

  /** How many days from its first MRR a customer is being onboarded. */
  public abstract int onboardingDays();

  /** How many month ends with MRR that never fell make a champion; twelve at most. */
  public abstract int championMonths();

  public abstract Builder toBuilder();

  public static MetricPolicies defaults() {
    return new AutoValue_MetricPolicies.Builder()
        .setMrrDiscounts(MrrDiscounts.FOREVER)
        .setChurnAt(ChurnAt.ENDED_AT)
        .setIncludePastDue(true)
        .setFrame(ReportingFrame.defaults())
        .setGrossMargin(new BigDecimal("0.80"))
        .setNewDays(30)
        .setOnboardingDays(90)
        .setChampionMonths(12)
        .build();
  }

  /** Changes single choices. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setMrrDiscounts(MrrDiscounts discounts);

    public abstract Builder setChurnAt(ChurnAt churnAt);

    public abstract Builder setIncludePastDue(boolean include);

    public abstract Builder setFrame(ReportingFrame frame);

    public abstract Builder setGrossMargin(BigDecimal margin);

    public abstract Builder setNewDays(int days);

    public abstract Builder setOnboardingDays(int days);

    public abstract Builder setChampionMonths(int months);

    public abstract MetricPolicies build();
  }
}
