package org.stripeanalytics.observability.secrets;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's client against a server of its API inside this process. */
class GoogleSecretManagerTest {
  private static final String KEY = "projects/shop/secrets/lineage-key/versions/latest";
  private static final MethodDescriptor<AccessSecretVersionRequest, AccessSecretVersionResponse>
      ACCESS =
          MethodDescriptor.<AccessSecretVersionRequest, AccessSecretVersionResponse>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(
                  "google.cloud.secretmanager.v1.SecretManagerService/AccessSecretVersion")
              .setRequestMarshaller(
                  ProtoUtils.marshaller(AccessSecretVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(
                  ProtoUtils.marshaller(AccessSecretVersionResponse.getDefaultInstance()))
              .build();

  private final List<String> asked = new ArrayList<>();
  private final List<String> endpoints = new ArrayList<>();
  private SecretPayload payload = SecretPayload.getDefaultInstance();
  private Server server;

  @BeforeEach
  void startServer() throws IOException {
    server =
        InProcessServerBuilder.forName("secret-manager")
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder(
                        "google.cloud.secretmanager.v1.SecretManagerService")
                    .addMethod(ACCESS, ServerCalls.asyncUnaryCall(this::access))
                    .build())
            .build()
            .start();
  }

  @AfterEach
  void stopServer() {
    server.shutdownNow();
  }

  @Test
  void aVersionIsAskedForByItsNameAndGivesItsPayload() throws IOException {
    payload = payload("open sesame\n", crc("open sesame\n"));

    assertThat(store().fetch(KEY).orElseThrow().reveal(), is("open sesame"));
    assertThat(asked, contains(KEY));
  }

  @Test
  void aPayloadThatWasDamagedOnItsWayIsNotUsed() {
    payload = payload("open sesame", crc("open sesamo"));

    assertThat(refusal(KEY), is("the secret " + KEY + " cannot be had: it was damaged on its way"));
  }

  @Test
  void aRefusalIsToldByItsStatus() {
    String other = "projects/shop/secrets/other/versions/1";

    assertThat(refusal(other), is("the secret " + other + " cannot be had: PERMISSION_DENIED"));
  }

  @Test
  void withoutCredentialsThereIsNoSecret() {
    SecretStore nobody =
        new GoogleSecretManager(
            endpoint -> {
              throw new IOException("no credentials");
            });

    assertThat(
        assertThrows(SecretUnavailableException.class, () -> nobody.fetch(KEY)).getMessage(),
        is("the secret " + KEY + " cannot be had: no credentials of Google Cloud here"));
  }

  @ParameterizedTest
  @CsvSource({
    "projects/shop/secrets/s/versions/7, secretmanager.googleapis.com:443",
    "projects/shop/locations/europe-west3/secrets/s/versions/7,"
        + " secretmanager.europe-west3.rep.googleapis.com:443"
  })
  void aSecretOfOneRegionIsAskedForThere(String reference, String endpoint) throws IOException {
    payload = payload("x", crc("x"));

    store().fetch(reference);

    assertThat(endpoints, contains(endpoint));
    assertThat(asked, contains(reference));
  }

  private String refusal(String reference) {
    return assertThrows(SecretUnavailableException.class, () -> store().fetch(reference))
        .getMessage();
  }

  private void access(
      AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> answer) {
    asked.add(request.getName());
    if (request.getName().contains("/other/")) {
      answer.onError(Status.PERMISSION_DENIED.withDescription("not you").asRuntimeException());
      return;
    }
    answer.onNext(AccessSecretVersionResponse.newBuilder().setPayload(payload).build());
    answer.onCompleted();
  }

  private GoogleSecretManager store() {
    return new GoogleSecretManager(
        endpoint -> {
          endpoints.add(endpoint);
          return SecretManagerServiceClient.create(
              SecretManagerServiceSettings.newBuilder()
                  .setCredentialsProvider(NoCredentialsProvider.create())
                  .setTransportChannelProvider(
                      FixedTransportChannelProvider.create(
                          GrpcTransportChannel.create(
                              InProcessChannelBuilder.forName("secret-manager").build())))
                  .build());
        });
  }

  private static SecretPayload payload(String text, long checksum) {
    return SecretPayload.newBuilder()
        .setData(ByteString.copyFromUtf8(text))
        .setDataCrc32C(checksum)
        .build();
  }

  private static long crc(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteString.copyFromUtf8(text).asReadOnlyByteBuffer());
    return checksum.getValue();
  }
}
