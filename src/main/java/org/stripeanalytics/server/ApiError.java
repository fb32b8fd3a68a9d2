package org.stripeanalytics.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A request that is refused, in Stripe's words. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final @Nullable String code;
  private final @Nullable String param;

  private ApiError(
      int status, String type, @Nullable String code, @Nullable String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  static ApiError invalid(@Nullable String code, @Nullable String param, String message) {
    return new ApiError(400, "invalid_request_error", code, param, message);
  }

  static ApiError unauthorized(String message) {
    return new ApiError(401, "invalid_request_error", null, null, message);
  }

  static ApiError forbidden(String message) {
    return new ApiError(403, "invalid_request_error", "permission_denied", null, message);
  }

  static ApiError missing(@Nullable String param, String message) {
    return new ApiError(404, "invalid_request_error", "resource_missing", param, message);
  }

  static ApiError unknownUrl(String method, String path) {
    return new ApiError(
        404,
        "invalid_request_error",
        null,
        null,
        "Unrecognized request URL (%s: %s).".formatted(method, path));
  }

  static ApiError tooMany(String code, String message) {
    return new ApiError(429, "invalid_request_error", code, null, message);
  }

  static ApiError broken() {
    return new ApiError(500, "api_error", null, null, "An unknown error occurred");
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    if (code != null) {
      error.put("code", code);
    }
    error.put("message", getMessage());
    if (param != null) {
      error.put("param", param);
    }
    error.put("type", type);
    return JsonNodeFactory.instance.objectNode().set("error", error);
  }
}
