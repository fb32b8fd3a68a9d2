package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.observability.secrets.MarkerSecrets;
import org.stripeanalytics.observability.secrets.Secret;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.webhooks.WebhookSignature;

class WebhooksCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:15:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(screen, true, UTF_8);
  private final Terminal terminal = new Terminal(print, print, false);

  @Test
  void itListensOnThisMachineOnlyAndStoresWhatEitherSecretHasSigned() throws Exception {
    byte[] body = "{\"id\":\"evt_1\",\"type\":\"customer.created\"}".getBytes(UTF_8);
    Path landing = folder.resolve("landing");
    try (WebhooksCommand.Edge edge =
        new WebhooksCommand(terminal, CLOCK, variable -> null)
            .start(
                List.of(
                    "--secret=marker:key",
                    "--secret=marker:http-next",
                    "--port=0",
                    "--landing=" + landing.toUri()))) {
      assertThat(edge.server().base().getHost(), is("127.0.0.1"));
      for (String secret : List.of(MarkerSecrets.KEY, "http-next")) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(edge.server().base())
                        .header(
                            "Stripe-Signature",
                            WebhookSignature.header(Secret.of(secret), NOW, body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body(), answer.statusCode(), is(200));
      }
    }
    try (var files = Files.list(landing.resolve("2026-01-31"))) {
      assertThat(files.count(), is(2L));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                          | --secret is missing; say where the endpoint's",
        "--secret=key                              | --secret is no reference to a secret; allowed are",
        "--secret=marker:refused                   | --secret: the secret marker:refused cannot be had",
        "--secret=marker:key --secret=marker:key --secret=marker:key | --secret is given 3 times",
        "--secret=marker:key                       | webhooks are stored in one place; give --landing",
        "--secret=marker:key --landing=x --topic=y | webhooks are stored in one place; give --landing",
        "--secret=marker:key --landing=pom.xml     | --landing=pom.xml cannot be used: it is not a directory",
        "--secret=marker:key --topic=events        | --topic=events is not a topic; write it like",
        "--secret=marker:key --landing=x --port=no | --port=no cannot be used; give a whole number",
        "--secret=marker:key --landng=x            | unknown option --landng; did you mean --landing?",
        "--secret=marker:key --landing=x now       | unexpected \"now\"",
      })
  void whatCannotBeUsedIsSaidInOneLine(String options, String said) {
    assertRefused(options == null ? List.of() : List.of(options.split(" +")), said);
    assertThat(Files.exists(Path.of("x")), is(false));
  }

  @Test
  void aSecretItselfIsNoOption() {
    assertRefused(
        List.of("--secret=whsec" + "_abcdefgh", "--landing=x"),
        "--secret holds what looks like a secret of Stripe");
    assertThat(screen.toString(UTF_8).contains("abcdefgh"), is(false));
  }

  @Test
  void aPortThatIsTakenIsRefusedAndTheLandingIsFreeAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> args =
          List.of(
              "--secret=marker:key",
              "--landing=" + folder.resolve("landing"),
              "--port=" + taken.getLocalPort());
      assertRefused(args, "--port=" + taken.getLocalPort() + " cannot be had on 127.0.0.1");
      screen.reset();
      assertRefused(args, "--port=" + taken.getLocalPort() + " cannot be had on 127.0.0.1");
    }
  }

  private void assertRefused(List<String> options, String said) {
    List<String> args = new ArrayList<>(List.of("webhooks"));
    args.addAll(options);
    int status = new Main(terminal, CLOCK).run(args);

    String all = screen.toString(UTF_8);
    assertThat(all, containsString(said));
    assertThat(all.lines().count(), is(1L));
    assertThat(status, is(ExitStatus.BAD_INPUT));
  }
}
