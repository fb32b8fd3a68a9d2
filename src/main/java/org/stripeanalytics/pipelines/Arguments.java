package org.stripeanalytics.pipelines;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command line taken apart.
 *
 * @param options {@code --name=value}, or {@code --name}, which means true; of several with one
 *     name the last
 * @param repeated names that were given several times
 * @param words everything else
 */
public record Arguments(
    ImmutableMap<String, String> options,
    ImmutableSet<String> repeated,
    ImmutableList<String> words) {

  /** The value of an option that is given without one. */
  public static final String SWITCHED_ON = "true";

  private static final Pattern SECRET =
      Pattern.compile("(sk|rk)_(live|test)_[A-Za-z0-9]{6}|whsec_[A-Za-z0-9+/]{6}");

  private static final Pattern VALUED = Pattern.compile("--[A-Za-z]\\w*=.*", Pattern.DOTALL);

  /**
   * Takes a command line apart.
   *
   * @throws BadInput when an argument holds a secret or an option is written with one dash or has
   *     no name
   */
  public static Arguments parse(List<String> args) {
    Map<String, String> options = new LinkedHashMap<>();
    ImmutableSet.Builder<String> repeated = ImmutableSet.builder();
    ImmutableList.Builder<String> words = ImmutableList.builder();
    for (String arg : args) {
      refuseSecret(arg);
      if (!isOption(arg)) {
        words.add(arg);
        continue;
      }
      int equals = arg.indexOf('=');
      String name = arg.substring(0, equals < 0 ? arg.length() : equals);
      if (!name.startsWith("--") || name.length() < 3) {
        throw new BadInput("cannot read \"" + arg + "\"; options are written --name=value");
      }
      String value = equals < 0 ? SWITCHED_ON : arg.substring(equals + 1);
      if (options.put(name.substring(2), value) != null) {
        repeated.add(name.substring(2));
      }
    }
    return new Arguments(ImmutableMap.copyOf(options), repeated.build(), words.build());
  }

  /** A query may begin with a comment, {@code -- like this}, and a value may hold spaces. */
  private static boolean isOption(String arg) {
    return arg.startsWith("-") && (!arg.contains(" ") || VALUED.matcher(arg).matches());
  }

  /**
   * Keys of Stripe and signing secrets of its webhooks are known by their prefixes. Options come to
   * stand in job descriptions, run logs and consoles, so none is let in, and it is not repeated.
   */
  private static void refuseSecret(String arg) {
    if (SECRET.matcher(arg).find()) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? "an argument" : arg.substring(0, equals);
      throw new BadInput(
          (SECRET.matcher(name).find() ? "an argument" : name)
              + " holds what looks like a secret of Stripe; secrets stay in Secret Manager and are"
              + " never options");
    }
  }

  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /**
   * Refuses options that a command does not have, and those that are given several times.
   *
   * @throws BadInput naming every option that is not among {@code allowed}, and the nearest that is
   */
  public void allowOnly(Collection<String> allowed) {
    List<String> faults = new ArrayList<>();
    options.keySet().stream()
        .filter(name -> !allowed.contains(name))
        .forEach(name -> faults.add(unknown("option --", name, "--", allowed)));
    repeated.forEach(name -> faults.add(givenTwice(name)));
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
  }

  static String givenTwice(String name) {
    return "--" + name + " is given twice; give it once";
  }

  /** One line for a name that is not allowed, with the nearest allowed one if any is near. */
  static String unknown(String what, String name, String prefix, Collection<String> allowed) {
    return "unknown "
        + what
        + name
        + allowed.stream()
            .min(Comparator.comparingInt((String other) -> distance(name, other)))
            .filter(nearest -> distance(name, nearest) <= Math.max(2, name.length() / 3))
            .map(nearest -> "; did you mean " + prefix + nearest + "?")
            .orElse("; allowed is what --help lists");
  }

  /** Levenshtein's, ignoring case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int substituted = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
