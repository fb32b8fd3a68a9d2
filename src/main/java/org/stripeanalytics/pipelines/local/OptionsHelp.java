package org.stripeanalytics.pipelines.local;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Method;
import java.util.Map;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.stripeanalytics.pipelines.CommandLine;

/** Lists the options of a command, from the annotations on their getters. */
final class OptionsHelp {

  static String of(String command, Class<? extends PipelineOptions> options) {
    return CommandLine.ownOptions(options).entrySet().stream()
        .map(
            option ->
                "  --" + option.getKey() + defaultOf(option) + "\n      " + text(option) + "\n")
        .collect(
            joining(
                "",
                "Options of " + command + ":\n",
                "and every option of Beam and of the chosen --runner ("
                    + String.join(", ", CommandLine.RUNNERS)
                    + ").\n"));
  }

  private static String text(Map.Entry<String, Method> option) {
    return option.getValue().getAnnotation(Description.class).value();
  }

  private static String defaultOf(Map.Entry<String, Method> option) {
    Method getter = option.getValue();
    if (getter.isAnnotationPresent(Default.String.class)) {
      return "=" + getter.getAnnotation(Default.String.class).value();
    }
    if (getter.isAnnotationPresent(Default.Integer.class)) {
      return "=" + getter.getAnnotation(Default.Integer.class).value();
    }
    if (getter.isAnnotationPresent(Default.Long.class)) {
      return "=" + getter.getAnnotation(Default.Long.class).value();
    }
    if (getter.isAnnotationPresent(Default.Double.class)) {
      return "=" + getter.getAnnotation(Default.Double.class).value();
    }
    if (getter.isAnnotationPresent(Default.Boolean.class)) {
      return "=" + getter.getAnnotation(Default.Boolean.class).value();
    }
    return "";
  }

  private OptionsHelp() {}
}
