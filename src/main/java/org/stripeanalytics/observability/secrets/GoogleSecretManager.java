package org.stripeanalytics.observability.secrets;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretPayload;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Versions of secrets in Google Secret Manager, by their resource names; {@code latest} is a
 * version too. A secret that is kept in one region only is asked for at the endpoint of that
 * region. The caller is whoever the process runs as, on a worker its service account.
 */
public final class GoogleSecretManager implements SecretStore {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "projects/(?:[a-z0-9.]+:)?[a-z0-9][a-z0-9-]{0,62}"
              + "(?:/locations/(?<location>[a-z]+(?:-[a-z]+)*-?[a-z0-9]+))?"
              + "/secrets/[A-Za-z0-9_-]{1,255}/versions/[A-Za-z0-9_-]{1,63}");

  private final Clients clients;

  /** Makes a client of the service. */
  interface Clients {
    /**
     * @param endpoint host and port
     */
    SecretManagerServiceClient at(String endpoint) throws IOException;
  }

  /** For {@link java.util.ServiceLoader}. */
  public GoogleSecretManager() {
    this(
        endpoint ->
            SecretManagerServiceClient.create(
                SecretManagerServiceSettings.newBuilder().setEndpoint(endpoint).build()));
  }

  GoogleSecretManager(Clients clients) {
    this.clients = clients;
  }

  @Override
  public String form() {
    return "projects/PROJECT/secrets/SECRET/versions/VERSION";
  }

  @Override
  public boolean understands(String reference) {
    return REFERENCE.matcher(reference).matches();
  }

  @Override
  public Optional<Secret> fetch(String reference) throws SecretUnavailableException {
    try (SecretManagerServiceClient client = client(reference)) {
      return Optional.of(intact(reference, client.accessSecretVersion(reference).getPayload()));
    } catch (ApiException e) {
      throw new SecretUnavailableException(reference, e.getStatusCode().getCode().name(), e);
    }
  }

  private SecretManagerServiceClient client(String reference) throws SecretUnavailableException {
    try {
      return clients.at(endpoint(reference));
    } catch (IOException e) {
      throw new SecretUnavailableException(reference, "no credentials of Google Cloud here", e);
    }
  }

  /** A secret that is kept in one region is known there only. */
  static String endpoint(String reference) {
    Matcher matcher = REFERENCE.matcher(reference);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no reference into Google Secret Manager");
    }
    String location = matcher.group("location");
    return location == null
        ? "secretmanager.googleapis.com:443"
        : "secretmanager." + location + ".rep.googleapis.com:443";
  }

  private static Secret intact(String reference, SecretPayload payload)
      throws SecretUnavailableException {
    if (payload.hasDataCrc32C()) {
      CRC32C checksum = new CRC32C();
      checksum.update(payload.getData().asReadOnlyByteBuffer());
      if (checksum.getValue() != payload.getDataCrc32C()) {
        throw new SecretUnavailableException(reference, "it was damaged on its way");
      }
    }
    return Secret.of(payload.getData().toStringUtf8());
  }
}
