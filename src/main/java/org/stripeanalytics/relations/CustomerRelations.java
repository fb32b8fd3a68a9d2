package org.stripeanalytics.relations;

import com.google.auto.value.AutoValue;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.Segmented;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A customer's MRR and what sales and support had to do with it; or a dealing with nobody known.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class CustomerRelations implements Segmented {
  /** Where dealings are counted of which nobody knows whose they are. */
  public static final String UNRESOLVED = "unresolved";

  /** Of a customer of which Stripe's side knows nothing more. */
  static final String UNKNOWN = "unknown";

  /** Null of a dealing with nobody known. */
  public abstract @Nullable String getCustomerId();

  @Override
  public abstract String getCountry();

  @Override
  public abstract String getRegion();

  @Override
  public abstract String getChannel();

  @Override
  public abstract String getInitialPlan();

  /** The day of the first payment; null of who has not paid. */
  public abstract @Nullable LocalDate getFirstPaidOn();

  /** By day, each of another. */
  public abstract List<MrrStep> getSteps();

  /** By day. */
  public abstract List<Dealing> getTickets();

  /** Those that were won, by day. */
  public abstract List<Dealing> getWonDeals();

  public boolean isResolved() {
    return getCustomerId() != null;
  }

  /** Annualised MRR at the end of a day, in minor units. */
  public long arrAtEndOf(LocalDate day) {
    long arr = 0;
    for (MrrStep step : getSteps()) {
      if (step.getDay().isAfter(day)) {
        break;
      }
      arr = step.getArr();
    }
    return arr;
  }

  /** Whether it fell to no MRR at the end of the day or of one of so many days after it. */
  public boolean isLostWithin(int days, LocalDate day) {
    LocalDate last = day.plusDays(days);
    return getSteps().stream()
        .anyMatch(
            step ->
                step.getArr() == 0 && !step.getDay().isBefore(day) && !step.getDay().isAfter(last));
  }

  public abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_CustomerRelations.Builder()
        .setSteps(List.of())
        .setTickets(List.of())
        .setWonDeals(List.of())
        .setSegments(UNKNOWN);
  }

  /** Beam rebuilds relations through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setCustomerId(@Nullable String value);

    public abstract Builder setCountry(String value);

    public abstract Builder setRegion(String value);

    public abstract Builder setChannel(String value);

    public abstract Builder setInitialPlan(String value);

    public abstract Builder setFirstPaidOn(@Nullable LocalDate value);

    public abstract Builder setSteps(List<MrrStep> value);

    public abstract Builder setTickets(List<Dealing> value);

    public abstract Builder setWonDeals(List<Dealing> value);

    public abstract CustomerRelations build();

    /** The same value of every segment. */
    Builder setSegments(String value) {
      return setCountry(value).setRegion(value).setChannel(value).setInitialPlan(value);
    }
  }
}
