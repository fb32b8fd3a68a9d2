package org.stripeanalytics.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** What a line of the log looks like, in both of its forms. */
class LogFormatTest {
  private static final String ADDRESS = "jo.marker@example.org";

  @Test
  void inATerminalALineIsALine() throws Exception {
    assertThat(written("plain"), startsWith("WARN Speaker - all is not well with [e-mail]"));
  }

  @Test
  void inProductionALineIsAJsonObjectWithTheRunsId() throws Exception {
    JsonNode line = parsed(written("json"));

    assertThat(line.get("run_id").asText(), is("nightly-7"));
    assertThat(line.get("pipeline").asText(), is("transform"));
    assertThat(line.get("severity").asText(), is("WARN"));
    assertThat(line.get("message").asText(), is("all is not well with [e-mail]"));
    assertThat(line.get("stack_trace").asText(), containsString("IllegalStateException"));
    assertThat(line.has("timestamp"), is(true));
  }

  @Test
  void anAddressIsMaskedInStackTracesToo() throws Exception {
    assertThat(written("plain"), not(containsString(ADDRESS)));
    assertThat(written("json"), not(containsString(ADDRESS)));
  }

  private static JsonNode parsed(String line) throws IOException {
    return new ObjectMapper().readTree(line);
  }

  private static String written(String format) throws JoranException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintStream before = System.err;
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.setErr(new PrintStream(screen, true, UTF_8));
    try {
      context.putProperty("log.format", format);
      JoranConfigurator configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
      context.putProperty("pipeline", "transform");
      context.putProperty("run_id", "nightly-7");
      context
          .getLogger("Speaker")
          .warn("all is not well with {}", ADDRESS, new IllegalStateException(ADDRESS));
    } finally {
      context.stop();
      System.setErr(before);
    }
    return screen.toString(UTF_8);
  }
}
