package org.stripeanalytics.pipelines.local;

import java.util.List;

/**
 * Something a person can ask of the bundled jar.
 *
 * @param name what they type
 * @param summary what it does, in a line
 */
record Command(String name, String summary, Action action) {

  /** Does it; the result is the process's exit status. */
  interface Action {
    int run(List<String> args) throws Exception;
  }
}
