package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.marts.ChurnMonthly;
import org.stripeanalytics.model.marts.MrrMonthly;
import org.stripeanalytics.model.marts.RefundsDisputesMonthly;
import org.stripeanalytics.model.marts.TrialFunnel;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A figure of this account for which others have published theirs, or by which they are grouped.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class AccountFigure {
  /** Monthly revenue per paying customer, in major units of the reporting currency. */
  static final String ARPA = "arpa";

  /** Recurring revenue of a year, in major units of the reporting currency. */
  static final String ARR = "arr";

  /** As in {@code seeds.benchmarks}. */
  public abstract String getMetric();

  /** First day of the month it is of. */
  public abstract LocalDate getMonth();

  /** Null where nothing is known yet. */
  public abstract @Nullable BigDecimal getValue();

  /** The figures that a row of a mart has of the whole account. */
  public static void ofRow(Object row, Consumer<AccountFigure> figures) {
    if (row instanceof MrrMonthly month && month.getSegment().equals(SegmentKey.ALL)) {
      figures.accept(of(ARPA, month.getMonth(), month.getArpa()));
      figures.accept(of(ARR, month.getMonth(), month.getArrEnd()));
    } else if (row instanceof ChurnMonthly month && month.getSegment().equals(SegmentKey.ALL)) {
      figures.accept(customerChurnRate(month));
      figures.accept(netRevenueRetention(month));
    } else if (row instanceof TrialFunnel month && month.getSegment().equals(SegmentKey.ALL)) {
      figures.accept(trialConversionRate(month));
    } else if (row instanceof RefundsDisputesMonthly month
        && month.getSegment().equals(SegmentKey.ALL)) {
      figures.accept(refundRate(month));
      figures.accept(disputeRate(month));
    }
  }

  private static AccountFigure customerChurnRate(ChurnMonthly month) {
    return of("customer_churn_rate", month.getMonth(), month.getCustomerChurnRate());
  }

  private static AccountFigure netRevenueRetention(ChurnMonthly month) {
    return of("nrr_12m", month.getMonth(), month.getNrr12m());
  }

  /** Unknown until the month is mature. */
  private static AccountFigure trialConversionRate(TrialFunnel month) {
    return of(
        "trial_conversion_rate",
        month.getSignupMonth(),
        month.getIsMature() ? month.getTrialConversionRate() : null);
  }

  private static AccountFigure refundRate(RefundsDisputesMonthly month) {
    return of("refund_rate", month.getMonth(), month.getRefundRate());
  }

  private static AccountFigure disputeRate(RefundsDisputesMonthly month) {
    return of("dispute_rate", month.getMonth(), month.getDisputeRate());
  }

  private static AccountFigure of(String metric, LocalDate month, @Nullable BigDecimal value) {
    return builder().setMetric(metric).setMonth(month).setValue(value).build();
  }

  static Builder builder() {
    return new AutoValue_AccountFigure.Builder();
  }

  /** Beam rebuilds figures through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setMetric(String metric);

    abstract Builder setMonth(LocalDate month);

    abstract Builder setValue(@Nullable BigDecimal value);

    abstract AccountFigure build();
  }
}
