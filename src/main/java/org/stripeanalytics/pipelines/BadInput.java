package org.stripeanalytics.pipelines;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a person gave cannot be used. Each fault is one line that says what was given and what is
 * allowed; they are shown without a stack trace and the process ends with status 2.
 */
public final class BadInput extends RuntimeException {
  private final ImmutableList<String> faults;

  public BadInput(String fault) {
    this(ImmutableList.of(fault));
  }

  public BadInput(List<String> faults) {
    super(String.join("\n", faults));
    checkArgument(!faults.isEmpty(), "bad input without a fault");
    this.faults = ImmutableList.copyOf(faults);
  }

  public ImmutableList<String> faults() {
    return faults;
  }
}
