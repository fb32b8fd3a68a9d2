package org.stripeanalytics.pipelines.deployment;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.stripeanalytics.pipelines.CommandLine;
import org.stripeanalytics.pipelines.Manifest;
import org.stripeanalytics.pipelines.PipelineMain;
import org.stripeanalytics.pipelines.TemplateParameter;

/**
 * An option of a pipeline as a parameter of its template.
 *
 * @param required whether a launch must give it
 * @param defaultValue as text; none if it has none or must be given
 * @param regex of the whole value
 * @param allowed the only values; empty if there are others
 */
record Parameter(
    String name,
    String label,
    String help,
    TemplateParameter.Group group,
    TemplateParameter.Kind kind,
    boolean required,
    Optional<String> defaultValue,
    String regex,
    ImmutableList<String> allowed,
    String example) {

  /** The parameters of a pipeline: first those that must be given, then by group and name. */
  static ImmutableList<Parameter> of(PipelineMain<?> pipeline) {
    Manifest manifest = pipeline.manifest();
    return CommandLine.ownOptions(pipeline.options()).entrySet().stream()
        .map(option -> of(option, manifest))
        .sorted(
            Comparator.comparing((Parameter parameter) -> !parameter.required())
                .thenComparing(Parameter::group)
                .thenComparing(Parameter::name))
        .collect(ImmutableList.toImmutableList());
  }

  private static Parameter of(Map.Entry<String, Method> option, Manifest manifest) {
    Method getter = option.getValue();
    TemplateParameter shown = getter.getAnnotation(TemplateParameter.class);
    if (shown == null) {
      throw new IllegalArgumentException(
          "--" + option.getKey() + " has no @" + TemplateParameter.class.getSimpleName());
    }
    ImmutableList<String> allowed = ImmutableList.copyOf(shown.allowed());
    boolean required = shown.required() || manifest.requires().contains(option.getKey());
    return new Parameter(
        option.getKey(),
        shown.label(),
        getter.getAnnotation(Description.class).value(),
        shown.group(),
        kind(shown, getter.getReturnType()),
        required,
        required ? Optional.empty() : defaultOf(getter),
        shown.regex().isEmpty() ? regex(allowed, getter.getReturnType()) : shown.regex(),
        allowed,
        shown.example());
  }

  private static TemplateParameter.Kind kind(TemplateParameter shown, Class<?> type) {
    if (shown.kind() != TemplateParameter.Kind.DEFAULT) {
      return shown.kind();
    }
    if (shown.allowed().length > 0) {
      return TemplateParameter.Kind.ENUM;
    }
    if (type == boolean.class) {
      return TemplateParameter.Kind.BOOLEAN;
    }
    return type.isPrimitive() ? TemplateParameter.Kind.NUMBER : TemplateParameter.Kind.TEXT;
  }

  private static String regex(ImmutableList<String> allowed, Class<?> type) {
    if (!allowed.isEmpty()) {
      return allowed.stream().map(Parameter::literal).collect(joining("|", "^(", ")$"));
    }
    if (type == boolean.class) {
      return "^(true|false)$";
    }
    return type.isPrimitive() ? "^-?[0-9]+([.][0-9]+)?$" : "^.*$";
  }

  /** A literal as every dialect of regular expressions reads it. */
  private static String literal(String value) {
    return value.replace(".", "[.]");
  }

  /** What the option is when it is not given; none if that is worked out from other options. */
  private static Optional<String> defaultOf(Method getter) {
    return Stream.of(
            value(getter.getAnnotation(Default.String.class), Default.String::value),
            value(getter.getAnnotation(Default.Integer.class), Default.Integer::value),
            value(getter.getAnnotation(Default.Long.class), Default.Long::value),
            value(getter.getAnnotation(Default.Double.class), Default.Double::value),
            value(getter.getAnnotation(Default.Boolean.class), Default.Boolean::value),
            getter.getReturnType() == boolean.class
                ? Optional.of("false")
                : Optional.<String>empty())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static <A> Optional<String> value(
      @org.checkerframework.checker.nullness.qual.Nullable A annotation,
      java.util.function.Function<A, Object> value) {
    return Optional.ofNullable(annotation).map(value).map(Object::toString);
  }

  /** Whether a value is one that a launcher lets through. */
  boolean accepts(String value) {
    return Pattern.compile(regex).matcher(value).matches();
  }

  @Override
  public String toString() {
    return "--" + name + Arrays.toString(allowed.toArray());
  }
}
