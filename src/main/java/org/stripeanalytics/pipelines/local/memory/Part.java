package org.stripeanalytics.pipelines.local.memory;

/** A part of what a stage begins with: no other thread works on it. */
interface Part {
  void sendTo(Receiver receiver) throws Exception;
}
