package org.stripeanalytics.pipelines.local;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.pipelines.Arguments;
import org.stripeanalytics.pipelines.ExitStatus;
import org.stripeanalytics.pipelines.Terminal;
import org.stripeanalytics.server.StripeServer;

class StripeServerCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-03-01T12:00:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(screen, true, StandardCharsets.UTF_8);
  private final Terminal terminal = new Terminal(print, print, false);

  @Test
  void itListensOnThisMachineOnlyAndServesTheAccount() throws Exception {
    CommandOptions options =
        new CommandOptions(Arguments.parse(List.of("--customers=50", "--port=0")));
    try (StripeServer server = new StripeServerCommand(terminal, CLOCK).start(options)) {
      assertThat(server.base().getHost(), is("127.0.0.1"));
      HttpResponse<String> customers =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.base() + "/v1/customers?limit=1"))
                      .header("Authorization", "Bearer sk_test_" + "any")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(customers.body(), containsString("\"has_more\":true"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--customers=0       | --customers=0 cannot be used; give a whole number from 1 to 1000000",
        "--port=web          | --port=web cannot be used; give a whole number from 0 to 65535",
        "--failures=2        | --failures=2 cannot be used; give a number from 0 to 1",
        "--rateLimit=none    | --rateLimit=none cannot be used; give a number of 1 or more",
        "--end=2020-01-01    | --end=2020-01-01 is not after --start=2021-01-01",
        "--end=soon          | --end=soon is not a day; write it like 2021-01-31",
        "--forbid=charge     | --forbid=charge is not a list; allowed are products, prices",
        "--apiKey=secret     | --apiKey is no reference to a secret; allowed are marker:NAME, env:VARIABLE",
        "--apiKey=env:UNSET_ | the secret env:UNSET_ cannot be had: it is not set",
        "--host=no.such.host.invalid | --host=no.such.host.invalid is not known",
        "--custmers=3        | unknown option --custmers; did you mean --customers?",
        "charges             | unexpected \"charges\"",
      })
  void whatCannotBeUsedIsSaidInOneLine(String argument, String said) {
    int status = new Main(terminal, CLOCK).run(List.of("stripe-server", argument));

    String all = screen.toString(StandardCharsets.UTF_8);
    assertThat(all, containsString(said));
    assertThat(all.lines().count(), is(1L));
    assertThat(status, is(ExitStatus.BAD_INPUT));
  }
}
