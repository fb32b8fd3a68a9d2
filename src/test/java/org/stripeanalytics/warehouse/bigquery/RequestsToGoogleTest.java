package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.testing.http.MockHttpTransport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a request to Google Cloud leaves running. */
class RequestsToGoogleTest {
  @Test
  void theFirstRequestStartsNoThreadThatPollsForTraces() throws IOException {
    new MockHttpTransport()
        .createRequestFactory()
        .buildGetRequest(new GenericUrl("https://bigquery.googleapis.com/"));

    assertThat(threadsOfOpenCensus(), empty());
  }

  private static List<String> threadsOfOpenCensus() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("OpenCensus"))
        .toList();
  }
}
