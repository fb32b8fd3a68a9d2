package org.stripeanalytics.pipelines.local.memory;

import java.util.List;

/** All input of a step that waits for it. Several threads may add to it. */
interface Gathered extends Receiver {

  /** Gives it away, once there is no more to come. */
  List<Part> parts();
}
