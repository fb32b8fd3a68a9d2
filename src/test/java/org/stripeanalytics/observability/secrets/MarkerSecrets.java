package org.stripeanalytics.observability.secrets;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A store of the tests, installed beside the real ones. {@code marker:refused} is a secret that it
 * does not hand out, {@code marker:key} is {@link #KEY}, and {@code marker:http…} is the rest of
 * itself.
 */
public final class MarkerSecrets implements SecretStore {
  /** A value that stands in no source and no reference, so that whoever finds it has read it. */
  public static final String KEY = "MARKER" + Long.toString(0x5eed_5eed_5eedL, 36);

  private static final Pattern REFERENCE = Pattern.compile("marker:(refused|key|http.+)");

  @Override
  public String form() {
    return "marker:NAME";
  }

  @Override
  public boolean understands(String reference) {
    return REFERENCE.matcher(reference).matches();
  }

  @Override
  public Optional<Secret> fetch(String reference) throws SecretUnavailableException {
    String name = reference.substring("marker:".length());
    return switch (name) {
      case "refused" -> throw new SecretUnavailableException(reference, "PERMISSION_DENIED");
      case "key" -> Optional.of(Secret.of(KEY + "\n"));
      default -> Optional.of(Secret.of(name));
    };
  }
}
