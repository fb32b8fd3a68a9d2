package org.stripeanalytics.server;

import com.google.common.collect.ImmutableMap;

/** What a request is answered with. */
public final class ApiAnswer {
  private final int status;
  private final ImmutableMap<String, String> headers;
  private final byte[] body;

  ApiAnswer(int status, ImmutableMap<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** Those that are not part of every answer. */
  public ImmutableMap<String, String> headers() {
    return headers;
  }

  /** JSON in UTF-8; not to be changed. */
  public byte[] body() {
    return body;
  }
}
