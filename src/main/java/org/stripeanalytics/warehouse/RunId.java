package org.stripeanalytics.warehouse;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Pattern;

/**
 * What a run may be called. The name becomes part of the names of files, tables and jobs, so every
 * adapter allows the same characters.
 */
public final class RunId {
  /** A regular expression that admits every valid run id and nothing else. */
  public static final String REGEX = "^[A-Za-z0-9_-]{1,64}$";

  private static final Pattern VALID = Pattern.compile(REGEX);

  /** Whether a run may be called so. */
  public static boolean isValid(String runId) {
    return VALID.matcher(runId).matches();
  }

  /**
   * Returns the run id as it was given.
   *
   * @throws IllegalArgumentException if it is not a valid one
   */
  public static String check(String runId) {
    checkArgument(
        isValid(runId),
        "%s is not a valid run id; use 1 to 64 letters, digits, \"-\" or \"_\"",
        runId);
    return runId;
  }

  private RunId() {}
}
