package org.stripeanalytics.quality;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.Streams;
import java.util.Comparator;
import java.util.List;
import org.stripeanalytics.model.ops.QualityResult;

/** Data broke a promise of severity {@code error}; the message lists which, and how to look. */
public final class DataTestsFailed extends RuntimeException {
  private DataTestsFailed(String message) {
    super(message);
  }

  static DataTestsFailed with(Iterable<QualityResult> failures) {
    List<QualityResult> sorted =
        Streams.stream(failures)
            .sorted(
                Comparator.comparing(QualityResult::getTableName)
                    .thenComparing(QualityResult::getRule)
                    .thenComparing(QualityResult::getTarget))
            .toList();
    return new DataTestsFailed(
        sorted.stream()
            .map(DataTestsFailed::line)
            .collect(
                joining(
                    "\n  ",
                    sorted.size() + " data tests failed:\n  ",
                    "\nops.quality_results has the query that lists the rows (failing_sql)")));
  }

  private static String line(QualityResult failure) {
    return "%s  %s %s: %d of %d rows; %s%s"
        .formatted(
            failure.getTableName(),
            failure.getRule(),
            failure.getTarget(),
            failure.getFailingCount(),
            failure.getRowCount(),
            failure.getDescription(),
            failure.getSampleKeys().isEmpty() ? "" : "; as in " + failure.getSampleKeys().get(0));
  }
}
