package org.stripeanalytics.pipelines.deployment;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What manifests write in braces in the parameters of a scheduled run, and how each of the
 * schedulers says it. All days are those of UTC an hour before the run starts, so that the first
 * run of a day finds the files of the day that has ended and asks for none that nobody can have
 * delivered yet. {@code openMonth} is the first day of the month that was three days ago, because
 * Stripe delivers a webhook again for that long. {@code mode} is what {@code transform} publishes:
 * all in runs that start between 02:00 and 03:00 UTC, when everything else that is done at night is
 * done, and what belongs to the open month in others.
 */
final class Days {
  private static final Pattern BRACES = Pattern.compile("\\{([A-Za-z]+)\\}");

  /** Expressions of Cloud Workflows, where {@code hourAgo} are seconds since 1970. */
  static final ImmutableMap<String, String> WORKFLOWS =
      ImmutableMap.of(
          "yesterday", "text.substring(time.format(hourAgo - 86400), 0, 10)",
          "today", "text.substring(time.format(hourAgo), 0, 10)",
          "tomorrow", "text.substring(time.format(hourAgo + 86400), 0, 10)",
          "openMonth", "text.substring(time.format(hourAgo - 259200), 0, 8) + \"01\"",
          "mode", "if(text.substring(time.format(now), 11, 13) == \"02\", \"all\", \"open\")");

  /** What the launcher of Kubernetes replaces in a file. */
  static final ImmutableMap<String, String> KUBERNETES =
      ImmutableMap.of(
          "yesterday", "@yesterday@",
          "today", "@today@",
          "tomorrow", "@tomorrow@",
          "openMonth", "@openMonth@",
          "mode", "@mode@");

  /** Jinja expressions of Airflow, where a run starts at the end of its data interval. */
  static final ImmutableMap<String, String> AIRFLOW =
      ImmutableMap.of(
          "yesterday",
              "{{ (data_interval_end - macros.timedelta(hours=25)).strftime('%Y-%m-%d') }}",
          "today", "{{ (data_interval_end - macros.timedelta(hours=1)).strftime('%Y-%m-%d') }}",
          "tomorrow", "{{ (data_interval_end + macros.timedelta(hours=23)).strftime('%Y-%m-%d') }}",
          "openMonth",
              "{{ (data_interval_end - macros.timedelta(hours=73)).strftime('%Y-%m-01') }}",
          "mode", "{{ 'all' if data_interval_end.hour == 2 else 'open' }}");

  /**
   * Replaces everything in braces.
   *
   * @param landing where files arrive
   * @param day how a day is written
   * @throws IllegalArgumentException when a name is not known
   */
  static String fill(String value, String landing, Function<String, String> day) {
    return BRACES
        .matcher(value)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    name.group(1).equals("landing") ? landing : day.apply(known(name.group(1)))));
  }

  /** Looks up how a day is written. */
  static Function<String, String> in(Map<String, String> expressions) {
    return expressions::get;
  }

  private static String known(String name) {
    if (!WORKFLOWS.containsKey(name)) {
      throw new IllegalArgumentException(
          "{" + name + "} is not known; allowed are landing, " + WORKFLOWS.keySet());
    }
    return name;
  }

  private Days() {}
}
