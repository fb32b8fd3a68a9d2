package org.stripeanalytics.relations;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * A ticket or a deal, as a source shows it; or a stage of deals, which says who is in it has won.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Dealing {
  static final String TICKET = "ticket";
  static final String DEAL = "deal";
  static final String STAGE = "stage";

  /** Versions of one moment have no natural order; any fixed one will do. */
  static final Comparator<Dealing> BY_CHANGE =
      Comparator.comparingLong(Dealing::getChangedAt).thenComparing(Dealing::toString);

  public static final Comparator<Dealing> BY_DAY =
      Comparator.comparing(Dealing::getDay).thenComparing(Dealing::getKey);

  public abstract String getKind();

  /** The source's name. */
  public abstract String getSource();

  /** What tells it from all others: object and id. */
  public abstract String getKey();

  /** When it changed last, in microseconds; of two versions the later counts. */
  public abstract long getChangedAt();

  /** Whom it is with, as far as its own row says: objects and ids. */
  public abstract List<String> getParties();

  /** On which it was asked, or closed; null of a deal that is open. */
  public abstract @Nullable LocalDate getDay();

  /** Minutes to the first answer to a ticket, in whole ones; null while there is none. */
  public abstract @Nullable Long getFirstResponseMinutes();

  /** Whether a ticket was rated badly. */
  public abstract boolean getRatedBadly();

  /** Of a deal, in major units of the source's currency. */
  public abstract @Nullable BigDecimal getAmount();

  /** Whether a deal was won, or those are who are in a stage. */
  public abstract boolean getWon();

  /** The stage of a deal, if that says whether it was won: object and id. */
  public abstract @Nullable String getStage();

  public abstract boolean getDeleted();

  /**
   * Whether a ticket was rated badly, or answered later than so many minutes after it was asked.
   */
  public boolean isBad(long slowMinutes) {
    return getRatedBadly()
        || (getFirstResponseMinutes() != null && getFirstResponseMinutes() > slowMinutes);
  }

  abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Dealing.Builder()
        .setChangedAt(0)
        .setParties(List.of())
        .setRatedBadly(false)
        .setWon(false)
        .setDeleted(false);
  }

  /** Beam rebuilds dealings through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setKind(String value);

    public abstract Builder setSource(String value);

    public abstract Builder setKey(String value);

    public abstract Builder setChangedAt(long value);

    public abstract Builder setParties(List<String> value);

    public abstract Builder setDay(@Nullable LocalDate value);

    public abstract Builder setFirstResponseMinutes(@Nullable Long value);

    public abstract Builder setRatedBadly(boolean value);

    public abstract Builder setAmount(@Nullable BigDecimal value);

    public abstract Builder setWon(boolean value);

    public abstract Builder setStage(@Nullable String value);

    public abstract Builder setDeleted(boolean value);

    public abstract Dealing build();
  }
}
