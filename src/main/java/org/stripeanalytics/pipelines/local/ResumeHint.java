package org.stripeanalytics.pipelines.local;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.stripeanalytics.pipelines.Terminal;

/**
 * Says once, when a run ends early, that what is done is kept and how to go on. A run ends early by
 * a failure, and by a signal to its process, such as Ctrl-C.
 */
final class ResumeHint implements AutoCloseable {
  private final Terminal terminal;
  private final Path warehouse;
  private final BooleanSupplier resumable;
  private final Thread atShutdown = new Thread(this::say, "resume-hint");
  private final AtomicBoolean said = new AtomicBoolean();

  private ResumeHint(Terminal terminal, Path warehouse, BooleanSupplier resumable) {
    this.terminal = terminal;
    this.warehouse = warehouse;
    this.resumable = resumable;
  }

  /**
   * @param resumable whether something is done and something is left to do
   */
  static ResumeHint of(Terminal terminal, Path warehouse, BooleanSupplier resumable) {
    ResumeHint hint = new ResumeHint(terminal, warehouse, resumable);
    Runtime.getRuntime().addShutdownHook(hint.atShutdown);
    return hint;
  }

  /** What the process does when it is told to end. */
  void say() {
    if (resumable.getAsBoolean() && said.compareAndSet(false, true)) {
      terminal.say(
          "what is done is kept; run-local --resume --warehouse=%s goes on with the rest"
              .formatted(warehouse));
    }
  }

  @Override
  public void close() {
    say();
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has spoken or will find it said.
    }
  }
}
