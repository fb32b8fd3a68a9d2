package org.stripeanalytics.pipelines.local;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM or Ctrl-C as a request that a command answers when it has finished what is under way. A
 * shutdown hook would come too late: the hooks of a process run all at once, and those of the
 * engines close what a run still works with. The second signal ends the process at once.
 */
final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  private StopSignal() {}

  /** From now on, signals are requests. */
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    try {
      stop.handle("TERM");
      stop.handle("INT");
    } catch (ReflectiveOperationException e) {
      // A Java without them; there a signal ends the process at once, which harms nothing.
      return stop;
    }
    return stop;
  }

  /**
   * By name, because the compiler warns of {@code sun.misc.Signal} and lets nobody suppress it, and
   * Java has no other way; the module jdk.unsupported keeps it until it has.
   */
  private void handle(String name) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object signal = type.getConstructor(String.class).newInstance(name);
    Object usual = handler.getField("SIG_DFL").get(null);
    Object request =
        Proxy.newProxyInstance(
            StopSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              asked.countDown();
              return type.getMethod("handle", type, handler).invoke(null, signal, usual);
            });
    type.getMethod("handle", type, handler).invoke(null, signal, request);
  }

  void await() throws InterruptedException {
    asked.await();
  }

  /** Waits for the request, though not longer; whether it has come. */
  boolean comesWithin(Duration time) throws InterruptedException {
    return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
