package org.stripeanalytics.pipelines;

/** What a process says when it ends. */
public final class ExitStatus {
  public static final int DONE = 0;

  /** Something unforeseen, or a check that the run did not pass. */
  public static final int FAILED = 1;

  /** The command line, or what it names, cannot be used. */
  public static final int BAD_INPUT = 2;

  private ExitStatus() {}
}
