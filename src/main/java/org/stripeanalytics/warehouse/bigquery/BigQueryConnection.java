package org.stripeanalytics.warehouse.bigquery;

import static com.google.common.base.Preconditions.checkNotNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.services.bigquery.Bigquery;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.cloud.hadoop.util.ChainingHttpRequestInitializer;
import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.util.Map;
import org.apache.beam.sdk.extensions.gcp.util.RetryHttpRequestInitializer;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.apache.beam.sdk.io.gcp.bigquery.BigQueryOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.common.ReflectHelpers;

/**
 * How BigQuery is reached, in a form that travels to workers: the pipeline's options, without
 * anybody's credentials. Those are asked for where the client is made.
 *
 * @param location of datasets and jobs, as in {@code EU}
 */
record BigQueryConnection(String optionsJson, String project, String location)
    implements Serializable {

  /**
   * @param project where jobs run unless the options name another
   */
  static BigQueryConnection of(PipelineOptions options, String project, String location) {
    String given = options.as(BigQueryOptions.class).getBigQueryProject();
    try {
      return new BigQueryConnection(
          mapper().writeValueAsString(options), given == null ? project : given, location);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("options that cannot be sent to workers", e);
    }
  }

  /** Makes a client; asks for credentials and nothing else. */
  BigQueryClient client() {
    BigQueryOptions options = options();
    RetryHttpRequestInitializer retries =
        new RetryHttpRequestInitializer(BigQueryClient.expectedFailures());
    Credentials credentials = options.getGcpCredential();
    // Both set handlers of failed requests: one gets a new token, the other tries again.
    HttpRequestInitializer initializer =
        credentials == null
            ? retries
            : new ChainingHttpRequestInitializer(new HttpCredentialsAdapter(credentials), retries);
    Bigquery.Builder api =
        new Bigquery.Builder(Transport.getTransport(), Transport.getJsonFactory(), initializer)
            .setApplicationName("stripe-analytics-pipeline");
    if (options.getBigQueryEndpoint() != null) {
      api.setRootUrl(options.getBigQueryEndpoint());
    }
    return new BigQueryClient(api.build(), project, location);
  }

  /** Said on every job, so that its cost can be told from others'. */
  ImmutableMap<String, String> labels() {
    Map<String, String> labels = options().getJobLabelsMap();
    return labels == null ? ImmutableMap.of() : ImmutableMap.copyOf(labels);
  }

  /** Where files wait to be loaded. */
  String tempLocation() {
    return checkNotNull(options().getTempLocation(), "no --tempLocation to stage rows in");
  }

  private BigQueryOptions options() {
    try {
      return mapper().readValue(optionsJson, PipelineOptions.class).as(BigQueryOptions.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options that cannot be read again", e);
    }
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper()
        .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()));
  }
}
