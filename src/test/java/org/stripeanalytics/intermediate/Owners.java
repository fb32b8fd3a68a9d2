package org.stripeanalytics.intermediate;

import static org.stripeanalytics.fold.Snapshots.day;

import org.stripeanalytics.model.intermediate.ObjectOwner;

/** Whose objects are, as an earlier run has stored it. */
final class Owners {
  static ObjectOwner stored(String object, String customer) {
    return stored(object, customer, "2024-01-01");
  }

  static ObjectOwner stored(String object, String customer, String createdOn) {
    return ObjectOwner.builder()
        .setObjectId(object)
        .setCustomerKey(1)
        .setCustomerId(customer)
        .setCreatedOn(day(createdOn))
        .setCountry("US")
        .setRegion("north_america")
        .setChannel("organic")
        .setInitialPlan("starter")
        .setAsOf(day(createdOn))
        .build();
  }

  private Owners() {}
}
