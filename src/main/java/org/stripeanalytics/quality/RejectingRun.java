package org.stripeanalytics.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.ops.RejectedRecord;

/**
 * The run in whose name something is rejected: makes the rows of {@code ops.rejected_records}.
 *
 * @param pipeline its name, as in {@code ingest}
 * @param runId the run
 * @param day the day (UTC) of the run
 */
public record RejectingRun(String pipeline, String runId, LocalDate day) implements Serializable {
  private static final int LONGEST_MESSAGE = 1000;

  /**
   * @param ingestedAt the time of the run
   */
  public static RejectingRun of(String pipeline, String runId, Instant ingestedAt) {
    return new RejectingRun(pipeline, runId, LocalDate.ofInstant(ingestedAt, ZoneOffset.UTC));
  }

  /**
   * Rejects something.
   *
   * @param step where it was found out
   * @param place tells what is rejected from everything else of the run that breaks the same rule
   *     with the same payload, and is the same when the run is tried again
   * @return a row that lacks only what the caller knows besides: table, object, file
   */
  public RejectedRecord.Builder reject(
      String step, Violation violation, String payload, @Nullable String place) {
    String identity =
        String.join(
            "\u0000",
            pipeline,
            step,
            violation.rule().id(),
            violation.message(),
            String.valueOf(place),
            payload);
    return RejectedRecord.builder()
        .setRunId(runId)
        .setRejectionId(Hashing.sha256().hashString(identity, UTF_8).toString().substring(0, 32))
        .setPipeline(pipeline)
        .setStep(step)
        .setRule(violation.rule().id())
        .setMessage(shortened(violation.message()))
        .setPayload(payload)
        .setAsOf(day);
  }

  /** A message may quote what was delivered, which may be of any length. */
  private static String shortened(String message) {
    if (message.length() <= LONGEST_MESSAGE) {
      return message;
    }
    int end =
        LONGEST_MESSAGE - (Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1)) ? 1 : 0);
    return message.substring(0, end) + "…";
  }

  /** The same rejection, marked as ingested again by this run. */
  public RejectedRecord markReplayed(RejectedRecord rejected) {
    return rejected.toBuilder().setReplayedBy(runId).setAsOf(day).build();
  }
}
