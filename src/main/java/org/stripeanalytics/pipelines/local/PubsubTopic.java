package org.stripeanalytics.pipelines.local;

import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.stripeanalytics.pipelines.BadInput;
import org.stripeanalytics.webhooks.DeliveryStore;
import org.stripeanalytics.webhooks.PubsubStore;

/** What the option {@code --topic} names. */
final class PubsubTopic {

  /**
   * Refuses what is not the name of a topic.
   *
   * @throws BadInput saying how one is written
   */
  static void check(String topic) {
    if (!topic.matches("projects/[^/\\s]+/topics/[^/\\s]+")) {
      throw new BadInput(
          "--topic=%s is not a topic; write it like projects/PROJECT/topics/TOPIC"
              .formatted(topic));
    }
  }

  /**
   * Connects to it, or to the emulator that {@code PUBSUB_EMULATOR_HOST} names.
   *
   * @param environment the value of a variable; null if it is not set
   * @throws BadInput when that is not possible
   */
  static DeliveryStore open(String topic, UnaryOperator<String> environment) {
    check(topic);
    try {
      return PubsubStore.open(
          TopicName.parse(topic), Optional.ofNullable(environment.apply("PUBSUB_EMULATOR_HOST")));
    } catch (IOException e) {
      throw new BadInput(
          "--topic=%s cannot be used: %s"
              .formatted(topic, e.getMessage().lines().findFirst().orElse("")));
    }
  }

  private PubsubTopic() {}
}
