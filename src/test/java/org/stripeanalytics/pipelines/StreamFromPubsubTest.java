package org.stripeanalytics.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import com.google.pubsub.v1.TopicName;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.webhooks.LocalPubsub;

/** What the edge publishes, a streaming job reads at the time at which it happened. */
class StreamFromPubsubTest {
  private static final TopicName TOPIC = TopicName.of("a-project", "stripe");
  private static final String SUBSCRIPTION = "projects/a-project/subscriptions/stream";

  @Test
  void webhooksComeWithTheTimesOfTheirEvents() throws Exception {
    try (LocalPubsub pubsub = LocalPubsub.start()) {
      pubsub.call("PUT", "/v1/" + TOPIC, "{}");
      pubsub.call("PUT", "/v1/" + SUBSCRIPTION, "{\"topic\":\"" + TOPIC + "\"}");
      pubsub.publish(
          TOPIC,
          "{\"id\":\"evt_1\",\"created\":1769854500}",
          "{\"id\":\"evt_2\",\"created\":1769854560}");

      StreamOptions options =
          Stream.PIPELINE.parse(
              List.of(
                  "--runner=DirectRunner",
                  "--warehouse=postgresql://nobody@127.0.0.1/none",
                  "--subscription=" + SUBSCRIPTION),
              Clock.systemUTC());
      options.as(PubsubOptions.class).setPubsubRootUrl("http://" + pubsub.address());
      options.as(GcpOptions.class).setCredentialFactoryClass(NoopCredentialFactory.class);
      options.as(DirectOptions.class).setBlockOnRun(false);
      options.setRunner(DirectRunner.class);
      Pipeline pipeline = Pipeline.create(options);
      pipeline
          .apply("ReadWebhooks", Stream.readBodies(options))
          .apply("See", ParDo.of(new SeeFn()));

      PipelineResult job = pipeline.run();
      assertThat(SeeFn.BOTH.await(60, TimeUnit.SECONDS), is(true));
      job.cancel();

      assertThat(
          SeeFn.SEEN,
          containsInAnyOrder(
              "2026-01-31T10:15:00.000Z {\"id\":\"evt_1\",\"created\":1769854500}",
              "2026-01-31T10:16:00.000Z {\"id\":\"evt_2\",\"created\":1769854560}"));
    }
  }

  /** One process runs the job and the test. */
  private static final class SeeFn extends DoFn<String, Void> {
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    @ProcessElement
    public void see(@Element String body, @Timestamp Instant at) {
      if (SEEN.add(at + " " + body)) {
        BOTH.countDown();
      }
    }
  }
}
