package org.stripeanalytics.warehouse.bigquery;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PRECON_FAILED;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.util.BackOff;
import com.google.api.client.util.BackOffUtils;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.client.util.Sleeper;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableList;
import com.google.api.services.bigquery.model.TableReference;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * The few calls of BigQuery's REST API that make tables and run queries. Whatever is created and is
 * there already is left as it is, so every call can be repeated.
 *
 * @param project where jobs run and are paid for
 * @param location of datasets and jobs, as in {@code EU}
 */
record BigQueryClient(Bigquery api, String project, String location) {
  private static final int FIRST_WAIT_MILLIS = 200;
  private static final int LONGEST_WAIT_MILLIS = 10_000;
  private static final ImmutableList<Integer> EXPECTED =
      ImmutableList.of(HTTP_NOT_FOUND, HTTP_CONFLICT, HTTP_PRECON_FAILED);

  /** Answers that say something about what is there, and are not worth a second try. */
  static ImmutableList<Integer> expectedFailures() {
    return EXPECTED;
  }

  void createDataset(Dataset dataset) throws IOException {
    DatasetReference reference = dataset.getDatasetReference();
    dataset.setLocation(location);
    leaveExisting(() -> api.datasets().insert(reference.getProjectId(), dataset).execute());
  }

  void createTable(Table table) throws IOException {
    TableReference reference = table.getTableReference();
    leaveExisting(
        () ->
            api.tables()
                .insert(reference.getProjectId(), reference.getDatasetId(), table)
                .execute());
  }

  /** Makes a table; says whether it was this request that did. */
  boolean insertTable(Table table) throws IOException {
    TableReference reference = table.getTableReference();
    try {
      api.tables().insert(reference.getProjectId(), reference.getDatasetId(), table).execute();
      return true;
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** What BigQuery knows of a table, if there is one. */
  Optional<Table> table(TableReference reference) throws IOException {
    try {
      return Optional.of(
          api.tables()
              .get(reference.getProjectId(), reference.getDatasetId(), reference.getTableId())
              .execute());
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Changes what {@code change} names of a table and leaves the rest as it is. */
  void patchTable(TableReference reference, Table change) throws IOException {
    api.tables()
        .patch(reference.getProjectId(), reference.getDatasetId(), reference.getTableId(), change)
        .execute();
  }

  /**
   * Changes a table if it still is as it was when it had this tag; says whether it did. A table
   * that is there no more is not changed.
   */
  boolean patchIfUnchanged(TableReference reference, Table change, String etag) throws IOException {
    Bigquery.Tables.Patch request =
        api.tables()
            .patch(
                reference.getProjectId(), reference.getDatasetId(), reference.getTableId(), change);
    request.getRequestHeaders().setIfMatch(etag);
    try {
      request.execute();
      return true;
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HTTP_PRECON_FAILED || e.getStatusCode() == HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Deletes a table or a view, if there is one. */
  void delete(TableReference reference) throws IOException {
    try {
      api.tables()
          .delete(reference.getProjectId(), reference.getDatasetId(), reference.getTableId())
          .execute();
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() != HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** A dataset's tables by name, with their labels; none if there is no such dataset. */
  Map<String, Map<String, String>> tables(String datasetProject, String dataset)
      throws IOException {
    ImmutableMap.Builder<String, Map<String, String>> tables = ImmutableMap.builder();
    String page = null;
    do {
      TableList list;
      try {
        list = api.tables().list(datasetProject, dataset).setPageToken(page).execute();
      } catch (GoogleJsonResponseException e) {
        if (e.getStatusCode() == HTTP_NOT_FOUND) {
          return ImmutableMap.of();
        }
        throw e;
      }
      if (list.getTables() != null) {
        for (TableList.Tables table : list.getTables()) {
          Map<String, String> labels = table.getLabels();
          tables.put(table.getTableReference().getTableId(), labels == null ? Map.of() : labels);
        }
      }
      page = list.getNextPageToken();
    } while (page != null);
    return tables.buildOrThrow();
  }

  Optional<Job> job(String id) throws IOException {
    try {
      return Optional.of(api.jobs().get(project, id).setLocation(location).execute());
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Starts a job, or finds the one that was started under this id before. */
  Job start(Job job) throws IOException {
    try {
      return api.jobs().insert(project, job).execute();
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() == HTTP_CONFLICT) {
        return job(job.getJobReference().getJobId()).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  /** Waits until a job has ended, well or badly. */
  Job await(Job started) throws IOException {
    BackOff waits =
        new ExponentialBackOff.Builder()
            .setInitialIntervalMillis(FIRST_WAIT_MILLIS)
            .setMaxIntervalMillis(LONGEST_WAIT_MILLIS)
            .setMaxElapsedTimeMillis(Integer.MAX_VALUE)
            .build();
    Job job = started;
    try {
      while (!"DONE".equals(job.getStatus().getState())
          && BackOffUtils.next(Sleeper.DEFAULT, waits)) {
        String id = started.getJobReference().getJobId();
        job = job(id).orElseThrow(() -> new IOException("job " + id + " has disappeared"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + job.getJobReference());
    }
    return job;
  }

  /** The answer of a query, or of the last query of a script. */
  QueryResult results(Job job) throws IOException {
    QueryAnswer answer = null;
    String page = null;
    do {
      GetQueryResultsResponse results =
          api.jobs()
              .getQueryResults(project, job.getJobReference().getJobId())
              .setLocation(location)
              .setFormatOptionsUseInt64Timestamp(true)
              .setPageToken(page)
              .execute();
      if (answer == null) {
        answer = QueryAnswer.of(results.getSchema());
      }
      answer.add(results.getRows() == null ? List.of() : results.getRows());
      page = results.getPageToken();
    } while (page != null);
    return answer.result();
  }

  private static void leaveExisting(Insertion insertion) throws IOException {
    try {
      insertion.run();
    } catch (GoogleJsonResponseException e) {
      if (e.getStatusCode() != HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private interface Insertion {
    void run() throws IOException;
  }
}
