package org.stripeanalytics.pipelines;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How an option is shown and checked where a template is launched, beyond what Beam's own
 * annotations on the same getter say. The metadata of every template are generated from both.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TemplateParameter {
  /** A few words above the field. */
  String label();

  /** The heading under which the field stands. */
  Group group();

  /** The kind of field; by default what the type of the getter suggests. */
  Kind kind() default Kind.DEFAULT;

  /**
   * The only values, the default first; empty if there are others. A command line with another is
   * refused.
   */
  String[] allowed() default {};

  /** What a value must match as a whole; by default what the type or {@link #allowed} suggests. */
  String regex() default "";

  /** A value that works. */
  String example();

  /**
   * Whether a launch must give it, although the option has a default on one machine. A manifest's
   * {@code requires} says the same of a single pipeline.
   */
  boolean required() default false;

  /** The headings, in their order. */
  enum Group {
    DATA("Data"),
    ACCOUNT("Simulated account"),
    WAREHOUSE("Warehouse"),
    DEFINITIONS("Definitions of the metrics"),
    RUN("Run");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** Dataflow's names of the kinds of fields, as far as they are used. */
  enum Kind {
    DEFAULT,
    TEXT,
    NUMBER,
    BOOLEAN,
    ENUM,
    GCS_READ_FILE,
    GCS_WRITE_FOLDER,
    PUBSUB_SUBSCRIPTION
  }
}
