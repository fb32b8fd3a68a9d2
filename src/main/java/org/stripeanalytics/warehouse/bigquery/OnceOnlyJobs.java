package org.stripeanalytics.warehouse.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs under ids that are given, so that whoever asks for the same job again finds the one
 * that runs or has run. A job that failed has changed nothing and keeps its id, so the next attempt
 * gets the id's next number.
 */
record OnceOnlyJobs(BigQueryClient client, ImmutableMap<String, String> labels) {
  private static final Logger LOG = LoggerFactory.getLogger(OnceOnlyJobs.class);

  private static final int MOST_ATTEMPTS = 20;
  private static final int MOST_OWN_ATTEMPTS = 5;

  /** Failures that say nothing about the job. */
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
   * The job that has run a script, once.
   *
   * @param id names this execution of the script
   * @throws IOException when BigQuery cannot run it, with BigQuery's reason
   */
  Job run(String id, String script) throws IOException {
    return run(
        id,
        new JobConfiguration()
            .setQuery(new JobConfigurationQuery().setQuery(script).setUseLegacySql(false)));
  }

  /** Runs jobs beside each other, each of them once; returns when all have ended well. */
  void runAll(Map<String, JobConfiguration> jobsById) throws IOException {
    Map<String, Attempt> begun = new LinkedHashMap<>();
    for (Map.Entry<String, JobConfiguration> job : jobsById.entrySet()) {
      begun.put(job.getKey(), begin(job.getKey() + "_1", job.getValue()));
    }
    for (Map.Entry<String, Attempt> first : begun.entrySet()) {
      finish(first.getKey(), jobsById.get(first.getKey()), first.getValue());
    }
  }

  private Job run(String id, JobConfiguration configuration) throws IOException {
    return finish(id, configuration, begin(id + "_1", configuration));
  }

  private Attempt begin(String attemptId, JobConfiguration configuration) throws IOException {
    Optional<Job> found = client.job(attemptId);
    if (found.isPresent()) {
      LOG.info("job {} was started before; waiting for it", attemptId);
      return new Attempt(found.get(), false);
    }
    return new Attempt(client.start(job(attemptId, configuration)), true);
  }

  private Job finish(String id, JobConfiguration configuration, Attempt first) throws IOException {
    Attempt attempt = first;
    int own = 0;
    for (int number = 1; number <= MOST_ATTEMPTS; number++) {
      if (number > 1) {
        attempt = begin(id + "_" + number, configuration);
      }
      own += attempt.own() ? 1 : 0;
      Job job = client.await(attempt.job());
      ErrorProto error = job.getStatus().getErrorResult();
      if (error == null) {
        return job;
      }
      String attemptId = job.getJobReference().getJobId();
      if (attempt.own() && (own == MOST_OWN_ATTEMPTS || !isPassing(error))) {
        throw new IOException("job " + attemptId + " failed: " + error.getMessage());
      }
      LOG.warn("job {} failed: {}", attemptId, error.getMessage());
    }
    throw new IOException("gave up on job " + id + " after " + MOST_ATTEMPTS + " attempts");
  }

  private Job job(String id, JobConfiguration configuration) {
    return new Job()
        .setJobReference(
            new JobReference()
                .setProjectId(client.project())
                .setLocation(client.location())
                .setJobId(id))
        .setConfiguration(configuration.setLabels(labels));
  }

  /**
   * @param own whether it was started here, and not by an earlier try of this step
   */
  private record Attempt(Job job, boolean own) {}

  private static boolean isPassing(ErrorProto error) {
    return PASSING.contains(error.getReason())
        || (error.getMessage() != null && error.getMessage().contains(CONFLICT));
  }
}
