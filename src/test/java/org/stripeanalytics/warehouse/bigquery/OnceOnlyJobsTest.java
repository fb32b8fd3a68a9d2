package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceOnlyJobsTest {
  @TempDir private Path directory;
  private LocalBigQuery local;
  private BigQueryClient client;

  @BeforeEach
  void start() throws IOException {
    local = LocalBigQuery.start(directory);
    client =
        BigQueryConnection.of(LocalWarehouses.options(local, directory), "a-project", "EU")
            .client();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void aStepThatIsRepeatedFindsTheJobInsteadOfRepeatingIt() throws IOException {
    run("publish_x", "SELECT 1 AS one");
    run("publish_x", "SELECT 1 AS one");

    assertThat(ids(), contains("publish_x_1"));
  }

  @Test
  void aJobWhoseAnswerGotLostIsFoundAndNotRunAgain() throws IOException {
    local.loseNextJobAnswer();

    Object answer = client.results(jobs().run("publish_x", "SELECT 1 AS one")).value();

    assertThat(answer, is(1L));
    assertThat(ids(), contains("publish_x_1"));
  }

  @Test
  void aFailureThatPassesIsTriedAgainUnderTheNextNumber() throws IOException {
    local.failNextScript("jobBackendError", "try again");
    local.failNextScript(
        "invalidQuery", "Transaction is aborted due to concurrent update against table t");

    run("publish_x", "SELECT 1 AS one");

    assertThat(ids(), contains("publish_x_1", "publish_x_2", "publish_x_3"));
  }

  @Test
  void aFailureOfTheScriptItselfIsNotTriedAgain() {
    local.failNextScript("invalidQuery", "Unrecognized name: x");

    IOException failure =
        assertThrows(IOException.class, () -> run("publish_x", "SELECT 1 AS one"));

    assertThat(failure.getMessage(), is("job publish_x_1 failed: Unrecognized name: x"));
    assertThat(ids(), contains("publish_x_1"));
  }

  @Test
  void aStepThatFailedAndIsRepeatedTriesUnderTheNextNumber() throws IOException {
    local.failNextScript("invalidQuery", "Access Denied");
    assertThrows(IOException.class, () -> run("publish_x", "SELECT 1 AS one"));

    run("publish_x", "SELECT 1 AS one");

    assertThat(ids(), contains("publish_x_1", "publish_x_2"));
  }

  @Test
  void jobsThatRunTogetherAreStartedBeforeTheFirstIsAwaitedAndRepeatedOneByOne()
      throws IOException {
    local.failNextScript("jobBackendError", "try again");

    jobs().runAll(ImmutableMap.of("load_a", query("SELECT 1"), "load_b", query("SELECT 2")));
    jobs().runAll(ImmutableMap.of("load_a", query("SELECT 1"), "load_b", query("SELECT 2")));

    assertThat(ids(), contains("load_a_1", "load_b_1", "load_a_2"));
  }

  @Test
  void theLastOfManyAttemptsIsAwaitedLikeTheOthers() throws IOException {
    for (int attempt = 1; attempt < 20; attempt++) {
      local.failNextScript("invalidQuery", "Access Denied");
      assertThrows(IOException.class, () -> run("publish_x", "SELECT 1 AS one"));
    }

    run("publish_x", "SELECT 1 AS one");

    assertThat(ids(), hasSize(20));
  }

  private static JobConfiguration query(String sql) {
    return new JobConfiguration()
        .setQuery(new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false));
  }

  private void run(String id, String script) throws IOException {
    assertThat(jobs().run(id, script).getStatus().getState(), is("DONE"));
  }

  private OnceOnlyJobs jobs() {
    return new OnceOnlyJobs(client, ImmutableMap.of());
  }

  private List<String> ids() {
    return local.jobs().stream().map(job -> job.getJobReference().getJobId()).toList();
  }
}
