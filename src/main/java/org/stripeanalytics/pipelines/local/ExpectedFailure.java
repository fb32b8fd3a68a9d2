package org.stripeanalytics.pipelines.local;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.nio.file.AccessDeniedException;
import java.util.Objects;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.quality.DataTestsFailed;
import org.stripeanalytics.quality.RunFailedException;
import org.stripeanalytics.warehouse.WarehouseException;
import org.stripeanalytics.warehouse.WarehouseInUseException;

/**
 * A failure that a person can do something about, however deep an engine has wrapped it. It is
 * shown without a stack trace, and another attempt would meet it too.
 *
 * @param lines what happened and what to do, for the person at the screen
 * @param status of the process
 */
record ExpectedFailure(ImmutableList<String> lines, int status) {

  /** How file systems say that they are full: Linux and macOS, and Windows. */
  private static final ImmutableList<String> DISK_FULL =
      ImmutableList.of("No space left on device", "There is not enough space on the disk");

  /** What a failure is known to mean; empty if nobody foresaw it. */
  static Optional<ExpectedFailure> of(Throwable failure) {
    ImmutableList<Throwable> causes = ImmutableList.copyOf(Throwables.getCausalChain(failure));
    // Innermost first: what wraps it repeats its message, with the names of classes before it.
    Optional<Throwable> diskFull =
        causes.reverse().stream().filter(ExpectedFailure::isDiskFull).findFirst();
    if (diskFull.isEmpty() && failure instanceof WarehouseException) {
      // Refused by the command itself; one that a step of a run throws may be a fault of ours.
      return Optional.of(
          new ExpectedFailure(ImmutableList.of(failure.getMessage()), ExitStatus.BAD_INPUT));
    }
    return diskFull
        .map(cause -> diskFull(firstLine(cause.getMessage())))
        .or(() -> causes.stream().map(ExpectedFailure::known).filter(Objects::nonNull).findFirst());
  }

  private static ExpectedFailure diskFull(String message) {
    return failed("a disk is full (%s); free some space and run this again".formatted(message));
  }

  private static @Nullable ExpectedFailure known(Throwable cause) {
    if (cause instanceof BadInput input) {
      return new ExpectedFailure(input.faults(), ExitStatus.BAD_INPUT);
    }
    if (cause instanceof WarehouseInUseException) {
      return new ExpectedFailure(ImmutableList.of(cause.getMessage()), ExitStatus.BAD_INPUT);
    }
    if (cause instanceof RunFailedException || cause instanceof DataTestsFailed) {
      return failed(cause.getMessage());
    }
    if (cause instanceof OutOfMemoryError) {
      return failed(
          "a Java heap of %d MB is too small; give more, as in PIPELINE_JAVA_OPTIONS=-Xmx6g"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
    if (cause instanceof AccessDeniedException denied) {
      return new ExpectedFailure(
          ImmutableList.of(denied.getFile() + " may not be read or written by this user"),
          ExitStatus.BAD_INPUT);
    }
    return null;
  }

  private static ExpectedFailure failed(String line) {
    return new ExpectedFailure(ImmutableList.of(line), ExitStatus.FAILED);
  }

  /** No exception has a type of its own for it, neither of Java nor of DuckDB. */
  private static boolean isDiskFull(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return DISK_FULL.stream().anyMatch(message::contains);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
