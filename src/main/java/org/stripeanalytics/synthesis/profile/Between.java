package org.stripeanalytics.synthesis.profile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a number of the profile, or every number of a map or list, with its allowed range. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Between {
  double least();

  double most();

  /** How many entries a list must have; 0 for any number above none. */
  int entries() default 0;
}
