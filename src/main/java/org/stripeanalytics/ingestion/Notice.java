package org.stripeanalytics.ingestion;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Something that a person should hear of although nothing was rejected for it: how often it was met
 * and a few examples. Notices of the same thing add up.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Notice {
  private static final int EXAMPLES = 5;

  /** What was met, as the beginning of a sentence. */
  public abstract String getSubject();

  public abstract long getCount();

  /** Whether something else has shown that nobody need hear of it. */
  public abstract boolean getSettled();

  /** The first few in alphabetical order, so that they are the same every time. */
  public abstract List<String> getExamples();

  static Notice of(String subject, String example) {
    return builder()
        .setSubject(subject)
        .setCount(1)
        .setExamples(List.of(example))
        .setSettled(false)
        .build();
  }

  /** What settles all notices of a subject. */
  static Notice settling(String subject) {
    return builder()
        .setSubject(subject)
        .setCount(0)
        .setExamples(List.of())
        .setSettled(true)
        .build();
  }

  /** Both together, of the same subject. */
  Notice and(Notice other) {
    return builder()
        .setSubject(getSubject())
        .setCount(getCount() + other.getCount())
        .setSettled(getSettled() || other.getSettled())
        .setExamples(
            Stream.concat(getExamples().stream(), other.getExamples().stream())
                .distinct()
                .sorted()
                .limit(EXAMPLES)
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  /** For the log. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s: %,d, such as %s",
        getSubject(),
        getCount(),
        String.join(", ", getExamples()));
  }

  static Builder builder() {
    return new AutoValue_Notice.Builder();
  }

  /** Beam rebuilds notices through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSubject(String value);

    abstract Builder setCount(long value);

    abstract Builder setSettled(boolean value);

    abstract Builder setExamples(List<String> value);

    abstract Notice build();
  }
}
