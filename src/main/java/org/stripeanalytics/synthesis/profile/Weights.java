package org.stripeanalytics.synthesis.profile;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a map or list of the profile whose numbers are probabilities that sum to 1, or a map of
 * records in each of which the named key is one.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Weights {
  /** The key that holds the weight; empty where the entries are the weights. */
  String of() default "";
}
