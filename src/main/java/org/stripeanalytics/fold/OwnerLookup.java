package org.stripeanalytics.fold;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What meets under one object's id: the customer it names today, what earlier runs stored of it, or
 * a change that asks whose it is. Exactly one is set.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class OwnerLookup {
  public abstract @Nullable String getCustomer();

  public abstract @Nullable ObjectOwner getStored();

  public abstract @Nullable Change getAsking();

  /** An object that names its customer. */
  public static OwnerLookup named(String customer) {
    return builder().setCustomer(customer).build();
  }

  /** An object whose customer an earlier run has found. */
  public static OwnerLookup stored(ObjectOwner owner) {
    return builder().setStored(owner).build();
  }

  /** A change of an object that does not say whose it is. */
  public static OwnerLookup asking(Change change) {
    return builder().setAsking(change).build();
  }

  static Builder builder() {
    return new AutoValue_OwnerLookup.Builder();
  }

  /** Beam rebuilds lookups through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setCustomer(@Nullable String customer);

    abstract Builder setStored(@Nullable ObjectOwner stored);

    abstract Builder setAsking(@Nullable Change change);

    abstract OwnerLookup build();
  }
}
