package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.stripeanalytics.warehouse.RunId;

/**
 * What tells one execution of a run from another: its id and the time that is stamped on its rows.
 * The same id started later is another execution with staging tables and a publishing job of its
 * own; a step that a runner repeats belongs to the same one and finds them.
 */
record RunStamp(String runId, Instant ingestedAt) implements Serializable {
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSSSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  RunStamp {
    RunId.check(runId);
  }

  /** Names things that belong to this execution alone. */
  String key() {
    return runId + "_" + DIGITS.format(ingestedAt);
  }

  /**
   * The id of a job: the same for every try of a step, and for no other of any run.
   *
   * @param content what the job does: a script, or the files that it loads
   */
  String jobId(String purpose, String content) {
    String hash = Hashing.sha256().hashString(content, UTF_8).toString();
    return purpose + "_" + key() + "_" + hash.substring(0, 12);
  }

  /** {@code _ingested_at} in GoogleSQL. */
  String ingestedAtSql() {
    return literal(ingestedAt);
  }

  /** A time in GoogleSQL. */
  static String literal(Instant time) {
    return "TIMESTAMP '" + LITERAL.format(time) + "+00'";
  }

  /** {@code _run_id} in GoogleSQL. */
  String runIdSql() {
    return "'" + runId + "'";
  }
}
