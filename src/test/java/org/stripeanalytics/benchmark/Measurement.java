package org.stripeanalytics.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * All samples of one subject.
 *
 * @param customers of the account that was worked on
 * @param amount how many of {@code unit} one run works through
 * @param unit objects, rows or raw rows
 * @param heap the {@code -Xmx} it ran with; null if that is the scripts' own
 * @param commit the code that was measured
 * @param startUp runs of the same command with one customer; empty if a sample has no start-up in
 *     it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Measurement(
    Subject subject,
    long customers,
    long amount,
    String unit,
    @Nullable String heap,
    String commit,
    @Nullable List<Sample> startUp,
    long startUpAmount,
    List<Sample> samples) {

  Measurement {
    startUp = startUp == null ? List.of() : List.copyOf(startUp);
    samples = List.copyOf(samples);
  }

  /** Median of all samples, start-up included. */
  double seconds() {
    return Sample.median(samples.stream().map(Sample::seconds).toList());
  }

  /** Median; 0 if the samples have no start-up in them. */
  double startUpSeconds() {
    return startUp.isEmpty() ? 0 : Sample.median(startUp.stream().map(Sample::seconds).toList());
  }

  /** Median, without the median start-up. */
  double workSeconds() {
    return Math.max(seconds() - startUpSeconds(), 0.001);
  }

  /** Units per second, start-up left out with what was worked through in it. */
  double rate() {
    return (amount - startUpAmount) / workSeconds();
  }

  double fastestSeconds() {
    return samples.stream().mapToDouble(Sample::seconds).min().orElseThrow();
  }

  double slowestSeconds() {
    return samples.stream().mapToDouble(Sample::seconds).max().orElseThrow();
  }

  /** The highest of all samples. */
  OptionalLong peakMegabytes() {
    return samples.stream()
        .map(Sample::peakMegabytes)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .max();
  }

  /** Median of one part; 0 if no sample knows it. */
  double stageSeconds(String stage) {
    List<Double> known =
        samples.stream()
            .map(sample -> sample.stages().get(stage))
            .filter(Objects::nonNull)
            .toList();
    return known.isEmpty() ? 0 : Sample.median(known);
  }

  /** Whether both say the same thing, so that the newer one stands. */
  boolean replaces(Measurement other) {
    return subject == other.subject
        && (subject != Subject.RUN_LOCAL || customers == other.customers);
  }
}
