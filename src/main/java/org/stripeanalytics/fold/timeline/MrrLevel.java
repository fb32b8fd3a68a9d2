package org.stripeanalytics.fold.timeline;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.intermediate.SpellItem;
import org.stripeanalytics.model.intermediate.SubscriptionSpell;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A customer's recurring revenue at one instant, all its subscriptions summed, in annualised minor
 * units of the reporting currency.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class MrrLevel {
  public static final MrrLevel NONE = of(0, 0, 0, 0, 0, 0, 0);
  private static final String STARTER = "starter";
  private static final String PROFESSIONAL = "professional";

  /** What counts as MRR under the discount policy. */
  public abstract long getArr();

  /** The same at list price. */
  public abstract long getList();

  /** The same after forever and repeating discounts. */
  public abstract long getBilled();

  /** The part of {@link #getArr} whose subscription is past due. */
  public abstract long getPastDue();

  /** The part of {@link #getArr} whose subscription is scheduled to end. */
  public abstract long getEnding();

  /** The part of {@link #getArr} on items of the product Starter. */
  public abstract long getStarter();

  /** The part of {@link #getArr} on items of the product Professional. */
  public abstract long getProfessional();

  /** The part of {@link #getArr} on items of any other product. */
  public long other() {
    return getArr() - getStarter() - getProfessional();
  }

  /** The sum of the spells that hold at one instant. */
  static MrrLevel of(List<SubscriptionSpell> spells) {
    return spells.stream().map(MrrLevel::of).reduce(NONE, MrrLevel::plus);
  }

  private static MrrLevel of(SubscriptionSpell spell) {
    return of(
        spell.getArrMinor(),
        spell.getArrMinorList(),
        spell.getArrMinorBilled(),
        spell.getStatus().equals("past_due") ? spell.getArrMinor() : 0,
        spell.getIsEnding() ? spell.getArrMinor() : 0,
        onPlan(spell, STARTER),
        onPlan(spell, PROFESSIONAL));
  }

  private static long onPlan(SubscriptionSpell spell, String plan) {
    return spell.getItems().stream()
        .filter(item -> item.getPlan().equals(plan))
        .mapToLong(SpellItem::getArrMinor)
        .sum();
  }

  private MrrLevel plus(MrrLevel other) {
    return of(
        getArr() + other.getArr(),
        getList() + other.getList(),
        getBilled() + other.getBilled(),
        getPastDue() + other.getPastDue(),
        getEnding() + other.getEnding(),
        getStarter() + other.getStarter(),
        getProfessional() + other.getProfessional());
  }

  private static MrrLevel of(
      long arr,
      long list,
      long billed,
      long pastDue,
      long ending,
      long starter,
      long professional) {
    return builder()
        .setArr(arr)
        .setList(list)
        .setBilled(billed)
        .setPastDue(pastDue)
        .setEnding(ending)
        .setStarter(starter)
        .setProfessional(professional)
        .build();
  }

  static Builder builder() {
    return new AutoValue_MrrLevel.Builder();
  }

  /** Beam rebuilds levels through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setArr(long arr);

    abstract Builder setList(long list);

    abstract Builder setBilled(long billed);

    abstract Builder setPastDue(long pastDue);

    abstract Builder setEnding(long ending);

    abstract Builder setStarter(long starter);

    abstract Builder setProfessional(long professional);

    abstract MrrLevel build();
  }
}
