package org.stripeanalytics.pipelines;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Turns a command line into pipeline options. Everything Beam and its runners understand is
 * understood; what is not is refused in plain words, where Beam would throw its own.
 */
public final class CommandLine {
  public static final ImmutableList<String> RUNNERS =
      ImmutableList.of("InMemoryRunner", "FlinkRunner", "DirectRunner", "DataflowRunner");

  /**
   * Reads a command line.
   *
   * @throws BadInput naming every argument that cannot be used
   */
  public static <O extends PipelineOptions> O parse(Class<O> type, List<String> args) {
    Arguments arguments = Arguments.parse(args);
    Map<String, Method> known = known(type, arguments);
    List<String> faults = new ArrayList<>();
    arguments.words().forEach(word -> faults.add(unexpected(word)));
    arguments.options().forEach((name, value) -> check(name, value, known, faults));
    arguments.repeated().stream()
        .filter(name -> known.containsKey(name) && !isList(known.get(name).getReturnType()))
        .forEach(name -> faults.add(Arguments.givenTwice(name)));
    if (!faults.isEmpty()) {
      throw new BadInput(faults);
    }
    PipelineOptionsFactory.register(type);
    try {
      return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(type);
    } catch (IllegalArgumentException e) {
      throw new BadInput(firstLine(e));
    }
  }

  /** The options that {@code type} itself adds to Beam's, by name. */
  public static Map<String, Method> ownOptions(Class<? extends PipelineOptions> type) {
    Map<String, Method> getters = new TreeMap<>();
    for (Method method : type.getMethods()) {
      if (isGetter(method)
          && method.getDeclaringClass().getPackage().equals(CommandLine.class.getPackage())) {
        getters.put(propertyName(method), method);
      }
    }
    return getters;
  }

  private static void check(
      String name, String value, Map<String, Method> known, List<String> faults) {
    if (!known.containsKey(name)) {
      faults.add(Arguments.unknown("option --", name, "--", known.keySet()));
      return;
    }
    Class<?> type = known.get(name).getReturnType();
    List<String> allowed = allowed(known.get(name));
    if (name.equals("runner") && RUNNERS.stream().noneMatch(value::equalsIgnoreCase)) {
      faults.add(notAllowed(name, value, RUNNERS));
    } else if (!allowed.isEmpty() && !allowed.contains(value)) {
      faults.add(notAllowed(name, value, allowed));
    } else if (type == int.class || type == Integer.class) {
      checkWhole(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE, faults);
    } else if (type == long.class || type == Long.class) {
      checkWhole(name, value, Long.MIN_VALUE, Long.MAX_VALUE, faults);
    } else if ((type == boolean.class || type == Boolean.class)
        && !value.equals("true")
        && !value.equals("false")) {
      faults.add("--" + name + "=" + value + " is not a yes or no; allowed are true and false");
    }
  }

  /** The only values of an option; empty if there are others. */
  private static List<String> allowed(Method getter) {
    TemplateParameter own = getter.getAnnotation(TemplateParameter.class);
    if (own != null) {
      return List.of(own.allowed());
    }
    return getter.getReturnType().isEnum()
        ? Arrays.stream(getter.getReturnType().getEnumConstants()).map(Object::toString).toList()
        : List.of();
  }

  private static String notAllowed(String name, String value, List<String> allowed) {
    return "--%s=%s is not known; allowed are %s"
        .formatted(name, value, String.join(", ", allowed));
  }

  private static boolean isList(Class<?> type) {
    return type.isArray() || Iterable.class.isAssignableFrom(type);
  }

  private static void checkWhole(
      String name, String value, long least, long most, List<String> faults) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are too large.
    }
    faults.add(
        "--%s=%s is not usable; allowed is a whole number from %d to %d"
            .formatted(name, value, least, most));
  }

  private static String unexpected(String word) {
    return "unexpected \"" + word + "\"; options are written --name=value";
  }

  private static Map<String, Method> known(
      Class<? extends PipelineOptions> type, Arguments arguments) {
    OptionRegistry.start();
    Map<String, Method> registered = properties(type);
    if (registered.keySet().containsAll(arguments.options().keySet())) {
      return registered;
    }
    OptionRegistry.makeWhole();
    return properties(type);
  }

  private static Map<String, Method> properties(Class<? extends PipelineOptions> type) {
    Map<String, Method> properties = new TreeMap<>();
    for (Class<? extends PipelineOptions> registered :
        Iterables.concat(PipelineOptionsFactory.getRegisteredOptions(), List.of(type))) {
      // Beam remembers those of every command that this process has read.
      if (isOfAnotherCommand(registered, type)) {
        continue;
      }
      for (Method method : registered.getMethods()) {
        if (isGetter(method)) {
          properties.put(propertyName(method), method);
        }
      }
    }
    return properties;
  }

  private static boolean isOfAnotherCommand(
      Class<? extends PipelineOptions> registered, Class<? extends PipelineOptions> type) {
    return registered.getPackage().equals(CommandLine.class.getPackage())
        && !registered.isAssignableFrom(type);
  }

  private static boolean isGetter(Method method) {
    return method.getParameterCount() == 0
        && PipelineOptions.class.isAssignableFrom(method.getDeclaringClass())
        && (method.getName().matches("get[A-Z].*") || method.getName().matches("is[A-Z].*"));
  }

  private static String propertyName(Method getter) {
    return Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", ""));
  }

  private static String firstLine(Exception e) {
    return Splitter.on('\n').split(String.valueOf(e.getMessage())).iterator().next();
  }

  private CommandLine() {}
}
