package org.stripeanalytics.webhooks;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.observability.secrets.Secret;

/**
 * The header {@code Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX …]}. {@code v1} is the HMAC-SHA256
 * of the time, a dot and the body, byte for byte as it was sent; see
 * https://docs.stripe.com/webhooks/signature. While a secret is being replaced Stripe signs with
 * both, and the receiver may know both: one signature that fits is enough. Other schemes, such as
 * {@code v0} of test events, count for nothing. For any number of threads.
 */
public final class WebhookSignature {
  /** How far the time of a signature may be from now, in both directions. */
  public static final Duration TOLERANCE = Duration.ofSeconds(300);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST_DIGITS = 12;

  private final ImmutableList<Secret> secrets;
  private final Clock clock;

  /**
   * @param secrets one, or two while one replaces the other
   */
  public WebhookSignature(List<Secret> secrets, Clock clock) {
    checkArgument(!secrets.isEmpty(), "no secret");
    this.secrets = ImmutableList.copyOf(secrets);
    this.clock = clock;
  }

  /** The header that a sender puts beside a body. */
  public static String header(Secret secret, Instant sentAt, byte[] body) {
    long seconds = sentAt.getEpochSecond();
    return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac(secret, seconds, body)));
  }

  /**
   * What is wrong with a signature, for people; it holds nothing of the secrets.
   *
   * @return empty if the body is as it was signed, with one of the secrets, and not too long ago
   */
  public Optional<String> faultOf(@Nullable String header, byte[] body) {
    if (header == null) {
      return Optional.of("there is no Stripe-Signature");
    }
    long seconds = -1;
    List<byte[]> signatures = new ArrayList<>();
    for (String element : Splitter.on(',').trimResults().split(header)) {
      if (element.startsWith("t=")) {
        seconds = seconds(element.substring(2));
      } else if (element.startsWith("v1=")) {
        signatures.add(element.substring(3).getBytes(US_ASCII));
      }
    }
    if (seconds < 0) {
      return Optional.of("the Stripe-Signature has no time t");
    }
    if (signatures.isEmpty()) {
      return Optional.of("the Stripe-Signature has no signature v1");
    }
    if (!fits(signatures, seconds, body)) {
      return Optional.of("no signature fits the body and the secret of this endpoint");
    }
    long age = clock.instant().getEpochSecond() - seconds;
    return Math.abs(age) <= TOLERANCE.toSeconds()
        ? Optional.empty()
        : Optional.of(
            "the signature is %d s %s; allowed are %d s"
                .formatted(Math.abs(age), age > 0 ? "old" : "ahead", TOLERANCE.toSeconds()));
  }

  private boolean fits(List<byte[]> signatures, long seconds, byte[] body) {
    boolean fits = false;
    for (Secret secret : secrets) {
      byte[] expected = HexFormat.of().formatHex(mac(secret, seconds, body)).getBytes(US_ASCII);
      for (byte[] signature : signatures) {
        // In constant time: how long it takes must not reveal how much of a guess was right.
        fits |= MessageDigest.isEqual(expected, signature);
      }
    }
    return fits;
  }

  /** Negative for what is not a time. */
  private static long seconds(String text) {
    boolean digits = text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return digits && !text.isEmpty() && text.length() <= MOST_DIGITS ? Long.parseLong(text) : -1;
  }

  private static byte[] mac(Secret secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
