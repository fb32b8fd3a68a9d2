package org.stripeanalytics.pipelines.local;

import com.google.common.collect.ImmutableSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.BadInput;

/** The options of a command that takes nothing else. */
record CommandOptions(Arguments arguments) {

  /**
   * Takes a command line apart.
   *
   * @param allowed names of options; {@code help} is always among them
   * @throws BadInput when an option is not allowed or given twice, or anything is not an option
   */
  static CommandOptions parse(List<String> args, ImmutableSet<String> allowed) {
    Arguments arguments = Arguments.parse(args);
    arguments.allowOnly(ImmutableSet.<String>builder().addAll(allowed).add("help").build());
    CommandOptions options = new CommandOptions(arguments);
    if (!options.asksForHelp()) {
      refuseWords(arguments);
    }
    return options;
  }

  /**
   * @throws BadInput when anything is not an option
   */
  static void refuseWords(Arguments arguments) {
    if (!arguments.words().isEmpty()) {
      throw new BadInput(
          "unexpected \"" + arguments.words().get(0) + "\"; options are written --name=value");
    }
  }

  boolean asksForHelp() {
    return arguments.option("help").isPresent();
  }

  Optional<String> text(String name) {
    return arguments.option(name);
  }

  /**
   * The file that an option names.
   *
   * @throws BadInput when the option is missing or is not a path
   */
  Path file(String name) {
    String text =
        text(name).orElseThrow(() -> new BadInput("--%s is missing; give a file".formatted(name)));
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below, together with a blank.
    }
    throw new BadInput("--%s=%s is not the path of a file".formatted(name, text));
  }

  /** A whole number from {@code least} to {@code most}. */
  long whole(String name, long usual, long least, long most) {
    String text = text(name).orElse(String.valueOf(usual));
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are out of range.
    }
    throw new BadInput(
        "--%s=%s cannot be used; give a whole number from %d to %d"
            .formatted(name, text, least, most));
  }

  /**
   * @param allowed which numbers are, in words
   */
  double number(String name, double usual, String allowed, DoublePredicate isAllowed) {
    String text = text(name).orElse(String.valueOf(usual));
    try {
      double value = Double.parseDouble(text);
      if (isAllowed.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are out of range.
    }
    throw new BadInput("--%s=%s cannot be used; give %s".formatted(name, text, allowed));
  }
}
