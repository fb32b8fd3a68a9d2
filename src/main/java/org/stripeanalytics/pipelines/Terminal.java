package org.stripeanalytics.pipelines;

import java.io.PrintStream;

/**
 * The screen: the only place that writes to standard output and standard error. Answers go to
 * standard output, everything about the work itself to standard error, so that an answer can be
 * piped on.
 */
public final class Terminal {
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream output;
  private final PrintStream messages;
  private final boolean interactive;
  private boolean statusShown;

  /**
   * @param interactive whether messages are read by a person at a terminal, who sees one line being
   *     updated rather than many
   */
  public Terminal(PrintStream output, PrintStream messages, boolean interactive) {
    this.output = output;
    this.messages = messages;
    this.interactive = interactive;
  }

  /**
   * The terminal of this process. Java cannot ask whether standard error is a terminal; the scripts
   * can, and say so in the system property {@code terminal.interactive}.
   */
  public static Terminal ofProcess() {
    return new Terminal(System.out, System.err, Boolean.getBoolean("terminal.interactive"));
  }

  public boolean interactive() {
    return interactive;
  }

  /** Writes part of an answer. */
  public synchronized void answer(String text) {
    output.print(text);
    output.flush();
  }

  /** Writes a line about the work. */
  public synchronized void say(String line) {
    endStatus();
    messages.println(line);
  }

  /**
   * Shows how the work stands. At a terminal the next status or message overwrites it, elsewhere it
   * is a line like any other.
   */
  public synchronized void status(String line) {
    if (interactive) {
      messages.print(ERASE_LINE + line);
      messages.flush();
      statusShown = true;
    } else {
      messages.println(line);
    }
  }

  /** Writes an unforeseen failure with its whole stack trace. */
  public synchronized void failure(Throwable failure) {
    endStatus();
    // Only here: whoever mends what nobody foresaw needs all of it.
    failure.printStackTrace(messages);
  }

  private void endStatus() {
    if (statusShown) {
      messages.print(ERASE_LINE);
      statusShown = false;
    }
  }
}
