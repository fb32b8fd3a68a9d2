package org.stripeanalytics.webhooks;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutureCallback;
import com.google.api.core.ApiFutures;
import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps deliveries in a topic of Pub/Sub: the body is the message, what is known of it are its
 * attributes ({@code event_id}, {@code type}, {@code created}, {@code api_version}, {@code
 * account}, {@code livemode}, {@code received_at}). One is stored when Pub/Sub has acknowledged it.
 */
public final class PubsubStore implements DeliveryStore {
  /** Until it is given up, so that the sender hears of it before it hangs up. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long messages wait for others to be sent with. */
  private static final Duration GATHERING = Duration.ofMillis(5);

  private static final long MOST_MESSAGES = 100;
  private static final long MOST_BYTES = 1 << 20;
  private static final long CLOSING_SECONDS = 20;

  private final Publisher publisher;
  private final @Nullable ManagedChannel emulator;

  private PubsubStore(Publisher publisher, @Nullable ManagedChannel emulator) {
    this.publisher = publisher;
    this.emulator = emulator;
  }

  /**
   * Connects to Pub/Sub with application default credentials, or to an emulator without any.
   *
   * @param emulator {@code HOST:PORT}, as {@code PUBSUB_EMULATOR_HOST} names it
   * @throws IOException when there are no credentials
   */
  public static PubsubStore open(TopicName topic, Optional<String> emulator) throws IOException {
    Publisher.Builder builder =
        Publisher.newBuilder(topic)
            .setBatchingSettings(
                BatchingSettings.newBuilder()
                    .setDelayThresholdDuration(GATHERING)
                    .setElementCountThreshold(MOST_MESSAGES)
                    .setRequestByteThreshold(MOST_BYTES)
                    .build())
            .setRetrySettings(
                RetrySettings.newBuilder()
                    .setInitialRetryDelayDuration(Duration.ofMillis(100))
                    .setRetryDelayMultiplier(2)
                    .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                    .setInitialRpcTimeoutDuration(PATIENCE)
                    .setMaxRpcTimeoutDuration(PATIENCE)
                    .setTotalTimeoutDuration(PATIENCE)
                    .build());
    if (emulator.isEmpty()) {
      return new PubsubStore(builder.build(), null);
    }
    ManagedChannel channel = ManagedChannelBuilder.forTarget(emulator.get()).usePlaintext().build();
    return new PubsubStore(
        builder
            .setChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
            .setCredentialsProvider(NoCredentialsProvider.create())
            .build(),
        channel);
  }

  @Override
  public CompletableFuture<Void> store(Delivery delivery) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    ApiFuture<String> acknowledged =
        publisher.publish(
            PubsubMessage.newBuilder()
                .setData(ByteString.copyFrom(delivery.body()))
                .putAllAttributes(delivery.attributes())
                .build());
    ApiFutures.addCallback(
        acknowledged,
        new ApiFutureCallback<>() {
          @Override
          public void onSuccess(String messageId) {
            stored.complete(null);
          }

          @Override
          public void onFailure(Throwable reason) {
            stored.completeExceptionally(reason);
          }
        },
        MoreExecutors.directExecutor());
    return stored;
  }

  @Override
  public void close() {
    publisher.shutdown();
    try {
      publisher.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (emulator != null) {
      emulator.shutdownNow();
    }
  }
}
