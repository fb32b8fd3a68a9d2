package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.server.StripeNode;

class WebhookSignatureTest {
  /** In two parts, because scanners take it for a real one. */
  private static final String SECRET = "whsec" + "_test_secret";

  private static final String NEXT = "whsec" + "_next";
  private static final long SIGNED = 1_700_000_000;
  private static final byte[] BODY = "{\"id\":\"evt_test\",\"object\":\"event\"}".getBytes(UTF_8);

  /** Computed elsewhere, for the body, the secret and the time above. */
  private static final String RIGHT =
      "8042376f6ca064adbe037642a718227dfd59047137eb49497a54c49eb0cfb724";

  private static final String WRONG = "0".repeat(64);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t=1700000000,v1=RIGHT           | 0    | ",
        "t=1700000000, v1=RIGHT          | 0    | ",
        "t=1700000000,v1=WRONG,v1=RIGHT  | 0    | ",
        "v1=RIGHT,v0=WRONG,t=1700000000  | 0    | ",
        "t=1700000000,v1=RIGHT           | 300  | ",
        "t=1700000000,v1=RIGHT           | -300 | ",
        "t=1700000000,v1=RIGHT           | 301  | the signature is 301 s old; allowed are 300 s",
        "t=1700000000,v1=RIGHT           | -301 | the signature is 301 s ahead; allowed are 300 s",
        "t=1700000001,v1=RIGHT           | 0    | no signature fits the body and the secret of this endpoint",
        "t=1700000000,v1=WRONG           | 0    | no signature fits the body and the secret of this endpoint",
        "t=1700000000,v1=                | 0    | no signature fits the body and the secret of this endpoint",
        "t=1700000000,v0=RIGHT           | 0    | the Stripe-Signature has no signature v1",
        "v1=RIGHT                        | 0    | the Stripe-Signature has no time t",
        "t=-1700000000,v1=RIGHT          | 0    | the Stripe-Signature has no time t",
        "t=99999999999999999999,v1=RIGHT | 0    | the Stripe-Signature has no time t",
        "''                              | 0    | the Stripe-Signature has no time t",
        "                                | 0    | there is no Stripe-Signature",
      })
  void aSignatureIsRightOrItIsSaidWhatIsWrong(String header, long secondsLater, String fault) {
    String sent = header == null ? null : header.replace("RIGHT", RIGHT).replace("WRONG", WRONG);

    assertThat(at(secondsLater, SECRET).faultOf(sent, BODY), is(Optional.ofNullable(fault)));
  }

  @Test
  void theBodyIsSignedByteForByte() {
    byte[] pretty = "{\n  \"id\": \"evt_test\",\n  \"object\": \"event\"\n}".getBytes(UTF_8);

    assertThat(
        WebhookSignature.header(Secret.of(SECRET), Instant.ofEpochSecond(SIGNED), pretty),
        is("t=1700000000,v1=39219b97af778ca663df0c18ffaf16ed08b451d860c64d74ca67d17bd2c0e744"));
    assertThat(
        at(0, SECRET).faultOf("t=1700000000,v1=" + RIGHT, pretty),
        is(Optional.of("no signature fits the body and the secret of this endpoint")));
  }

  @Test
  void whileASecretIsReplacedEitherIsEnough() {
    String ofNext = WebhookSignature.header(Secret.of(NEXT), Instant.ofEpochSecond(SIGNED), BODY);

    assertThat(at(0, SECRET, NEXT).faultOf(ofNext, BODY), is(Optional.empty()));
    assertThat(at(0, NEXT, SECRET).faultOf(ofNext, BODY), is(Optional.empty()));
    assertThat(at(0, SECRET).faultOf(ofNext, BODY).isPresent(), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"evt_1\",\"object\":\"event\"}",
        "{\n  \"id\": \"evt_2\",\n  \"name\": \"Zoë 漢字 🙂\"\n}\n",
        "{\"id\":\"evt_3\",\"text\":\"\\u0000 \\\" , = . v1=abc\"}",
      })
  void stripesLibraryForNodeSignsWhatFitsHere(String body, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("body.json"), body);

    String header =
        StripeNode.run(
                Path.of("src/test/resources/org/stripeanalytics/webhooks/sign.js"),
                file.toString(),
                NEXT,
                String.valueOf(SIGNED))
            .strip();

    assertThat(at(3, SECRET, NEXT).faultOf(header, body.getBytes(UTF_8)), is(Optional.empty()));
    assertThat(
        header,
        is(
            WebhookSignature.header(
                Secret.of(NEXT), Instant.ofEpochSecond(SIGNED), body.getBytes(UTF_8))));
  }

  @Test
  void stripesLibraryForJavaAcceptsWhatIsSignedHere() throws SignatureVerificationException {
    String header = WebhookSignature.header(Secret.of(SECRET), Instant.ofEpochSecond(SIGNED), BODY);
    Clock clock = Clock.fixed(Instant.ofEpochSecond(SIGNED), ZoneOffset.UTC);

    assertThat(
        Webhook.Signature.verifyHeader(new String(BODY, UTF_8), header, SECRET, 300, clock),
        is(true));
  }

  /** An endpoint, some time after the body was signed. */
  private static WebhookSignature at(long secondsLater, String... secrets) {
    return new WebhookSignature(
        List.of(secrets).stream().map(Secret::of).toList(),
        Clock.fixed(Instant.ofEpochSecond(SIGNED + secondsLater), ZoneOffset.UTC));
  }
}
