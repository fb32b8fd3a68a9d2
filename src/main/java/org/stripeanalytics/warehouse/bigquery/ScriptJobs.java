package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts under job ids that are given, so that whoever asks for the same script again finds
 * the job that runs it or has run it. A job that failed has changed nothing and keeps its id, so
 * the next attempt gets the id's next number.
 */
record ScriptJobs(BigQueryClient client, ImmutableMap<String, String> labels) {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptJobs.class);

  private static final int MOST_ATTEMPTS = 20;
  private static final int MOST_OWN_ATTEMPTS = 5;

  /** Failures that say nothing about the script. */
  private static final ImmutableSet<String> PASSING =
      ImmutableSet.of(
          "backendError",
          "internalError",
          "rateLimitExceeded",
          "jobBackendError",
          "jobInternalError",
          "jobRateLimitExceeded",
          "tableUnavailable");

  private static final String CONFLICT = "due to concurrent update";

  /**
   * The job that has run {@code script}, once.
   *
   * @param id names this execution of the script
   * @throws IOException when BigQuery cannot run it, with BigQuery's reason
   */
  Job run(String id, String script) throws IOException {
    int own = 0;
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String attemptId = id + "_" + attempt;
      Optional<Job> found = client.job(attemptId);
      if (found.isPresent()) {
        LOG.info("job {} was started before; waiting for it", attemptId);
      } else {
        own++;
      }
      Job job =
          client.await(found.isPresent() ? found.get() : client.start(queryJob(attemptId, script)));
      ErrorProto error = job.getStatus().getErrorResult();
      if (error == null) {
        return job;
      }
      if (found.isEmpty() && (own == MOST_OWN_ATTEMPTS || !isPassing(error))) {
        throw new IOException("job " + attemptId + " failed: " + error.getMessage());
      }
      LOG.warn("job {} failed: {}", attemptId, error.getMessage());
    }
    throw new IOException("gave up on job " + id + " after " + MOST_ATTEMPTS + " attempts");
  }

  private Job queryJob(String id, String script) {
    return new Job()
        .setJobReference(
            new JobReference()
                .setProjectId(client.project())
                .setLocation(client.location())
                .setJobId(id))
        .setConfiguration(
            new JobConfiguration()
                .setLabels(labels)
                .setQuery(new JobConfigurationQuery().setQuery(script).setUseLegacySql(false)));
  }

  private static boolean isPassing(ErrorProto error) {
    return PASSING.contains(error.getReason())
        || (error.getMessage() != null && error.getMessage().contains(CONFLICT));
  }
}
