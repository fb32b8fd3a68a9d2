package org.stripeanalytics.pipelines;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/**
 * Which option interfaces Beam registers when its factory is first used. By default it is those of
 * every runner and connector on the class path, and each is checked against all the others: two
 * seconds of CPU, a sixth of a small run. A command line that names none of their options does
 * without, and whatever asks for such an interface later still gets it.
 */
public final class OptionRegistry {
  private static boolean mayBeSmall;
  private static boolean isSmall;

  private OptionRegistry() {}

  /**
   * Lets the registry be small, in a process that runs one command. Elsewhere somebody may parse
   * options past {@link CommandLine}, as Beam's test pipelines do, and would miss the others.
   */
  public static synchronized void letBeSmall() {
    mayBeSmall = true;
  }

  /** If it may be small, registers no options but Beam's most general ones. */
  static synchronized void start() {
    if (!mayBeSmall) {
      return;
    }
    mayBeSmall = false;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    WithoutRegistrars without = new WithoutRegistrars(before);
    thread.setContextClassLoader(without);
    try {
      // Has an effect only if it is the first use: later it looks at no class loader.
      PipelineOptionsFactory.getRegisteredOptions();
    } finally {
      thread.setContextClassLoader(before);
    }
    isSmall = without.wasAsked;
  }

  /** Registers the options of everything on the class path. */
  static synchronized void makeWhole() {
    if (isSmall) {
      PipelineOptionsFactory.resetCache();
      isSmall = false;
    }
  }

  private static final class WithoutRegistrars extends ClassLoader {
    private static final String SERVICE =
        "META-INF/services/" + PipelineOptionsRegistrar.class.getName();

    private boolean wasAsked;

    WithoutRegistrars(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (name.equals(SERVICE)) {
        wasAsked = true;
        return Collections.emptyEnumeration();
      }
      return super.getResources(name);
    }
  }
}
