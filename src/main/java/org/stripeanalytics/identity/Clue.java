package org.stripeanalytics.identity;

import com.google.auto.value.AutoValue;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/** What is known of the identity of one row of a source, of a Stripe customer, or of a merge. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Clue {
  /** Stands for Stripe's customers among the objects. */
  static final String STRIPE = "customers";

  /** A browser may have been used by many; so many of them are enough to tell that it was. */
  private static final int MOST_VALUES = 5;

  /** Versions of one moment have no natural order; any fixed one will do. */
  private static final Comparator<Clue> BY_CHANGE =
      Comparator.comparingLong(Clue::getChangedAt).thenComparing(Clue::toString);

  /** The source's name. */
  public abstract String getSource();

  /** The raw table without its layer; {@link #STRIPE} for a customer. */
  public abstract String getObject();

  public abstract String getId();

  /** Whether the row is a company. */
  public abstract boolean getCompany();

  /** Whether it gathers what several rows say. */
  public abstract boolean getGathered();

  /** When the row changed last, in microseconds; of two versions the later counts. */
  public abstract long getChangedAt();

  /** Ids of customers, or of our own, that the row names. */
  public abstract List<String> getCustomers();

  /** Addresses as they were written. */
  public abstract List<String> getEmails();

  /** The domain of a company as it was written. */
  public abstract @Nullable String getDomain();

  /** The company of a person, as object and id. */
  public abstract @Nullable String getEmployer();

  /** What is the same as this: rows merged into it, or it into them, as object and id. */
  public abstract List<String> getSame();

  /** What else the row says of a customer; null if nothing. */
  public abstract @Nullable Profile getProfile();

  /** What tells a row from all others. */
  public String key() {
    return key(getObject(), getId());
  }

  /** What a row is called by its table without the layer, and its id. */
  public static String key(String object, String id) {
    return object + ":" + id;
  }

  /** Both, of the same row. */
  Clue and(Clue other) {
    if (!getGathered()) {
      return BinaryOperator.maxBy(BY_CHANGE).apply(this, other);
    }
    return toBuilder()
        .setCustomers(union(getCustomers(), other.getCustomers()))
        .setEmails(union(getEmails(), other.getEmails()))
        .setSame(
            Stream.concat(getSame().stream(), other.getSame().stream())
                .distinct()
                .sorted()
                .toList())
        .build();
  }

  private static List<String> union(List<String> a, List<String> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().sorted().limit(MOST_VALUES).toList();
  }

  abstract Builder toBuilder();

  public static Builder builder() {
    return new AutoValue_Clue.Builder()
        .setCompany(false)
        .setGathered(false)
        .setChangedAt(0)
        .setCustomers(List.of())
        .setEmails(List.of())
        .setSame(List.of());
  }

  /** Beam rebuilds clues through it. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setSource(String value);

    public abstract Builder setObject(String value);

    public abstract Builder setId(String value);

    abstract Builder setCompany(boolean value);

    abstract Builder setGathered(boolean value);

    public abstract Builder setChangedAt(long value);

    abstract Builder setCustomers(List<String> value);

    abstract Builder setEmails(List<String> value);

    abstract Builder setDomain(@Nullable String value);

    abstract Builder setEmployer(@Nullable String value);

    abstract Builder setSame(List<String> value);

    public abstract Builder setProfile(@Nullable Profile value);

    public abstract Clue build();
  }
}
