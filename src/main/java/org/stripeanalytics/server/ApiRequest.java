package org.stripeanalytics.server;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A request as it comes from a client.
 *
 * @param path such as {@code /v1/charges}
 * @param query what follows the question mark, still encoded
 * @param authorization the header, {@code Bearer} or {@code Basic}
 */
public record ApiRequest(
    String method, String path, @Nullable String query, @Nullable String authorization) {

  public static ApiRequest get(String path, @Nullable String query, String apiKey) {
    return new ApiRequest("GET", path, query, "Bearer " + apiKey);
  }
}
