package org.stripeanalytics.model;

/**
 * A row that is counted in the segments of its customer. The build has the class of every table
 * with these columns implement it.
 */
public interface Segmented {
  /** The value of every segment for what belongs to no customer. */
  String UNATTRIBUTED = "unattributed";

  String getCountry();

  String getRegion();

  String getChannel();

  /** The plan that the customer began with. */
  String getInitialPlan();
}
