package org.stripeanalytics.pipelines.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.warehouse.TableChecksum;
import org.stripeanalytics.warehouse.postgresql.LocalPostgres;
import org.stripeanalytics.warehouse.postgresql.PostgresWarehouse;

/**
 * The bundled jar, submitted to a cluster of Flink that is started by the script for users: a
 * JobManager and two TaskManagers in processes of their own, with nothing but Flink on their class
 * path.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the script and PostgreSQL are run on Linux only")
class FlinkClusterIT {
  /** What is in the folder {@code lib} of Flink's distribution. */
  private static final Pattern FLINK =
      Pattern.compile(
          ".*/(org/apache/flink|commons-cli|commons-io|commons-collections|org/apache/commons"
              + "|org/javassist|org/xerial|org/lz4|com/google/code/findbugs|org/slf4j"
              + "|ch/qos/logback|com/esotericsoftware)/.*\\.jar");

  @TempDir Path folder;
  @TempDir Path screen;
  private final LocalPostgres server = LocalPostgres.started();
  private int port;

  @AfterEach
  void stopCluster() throws Exception {
    script("stop");
  }

  @Test
  void aClusterMakesTheTablesOfAnEmbeddedRunAlsoAfterAWorkerWasKilled() throws Exception {
    String embedded = server.takeDatabase();
    LocalRuns.run("synthesize", at(embedded), "--customers=20", "--seed=7");
    LocalRuns.run("transform", at(embedded));
    startCluster();
    String database = server.takeDatabase();

    succeeds("synthesize", at(database), "--customers=20", "--seed=7");
    List<TableChecksum> raw = checksums(database);
    BundledJar.Result killed = whileAWorkerIsKilled("transform", at(database));

    assertThat(killed.status(), not(is(0)));
    assertThat("nothing was published", checksums(database), is(raw));

    script("add");
    succeeds("transform", at(database));
    succeeds("check", at(database));
    assertThat(checksums(database), is(checksums(embedded)));
  }

  private void startCluster() throws Exception {
    // Three ports in a row, the first of which is free.
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    script("start", "--port=" + port);
  }

  /** Kills a TaskManager while customers are folded. */
  private BundledJar.Result whileAWorkerIsKilled(String... command) throws Exception {
    BundledJar.Started started = BundledJar.start(folder, screen, onCluster(command));
    Path log = folder.resolve("cluster/log/jobmanager.log");
    Pattern folding = Pattern.compile("FoldCustomers.* to RUNNING");
    try (Stream<String> lines = new FollowedFile(log, started.process()).lines()) {
      assertThat(lines.filter(folding.asPredicate()).findFirst().orElse(null), notNullValue());
    }
    String worker = Files.readString(folder.resolve("cluster/taskmanager-2.pid")).strip();
    assertThat(ProcessHandle.of(Long.parseLong(worker)).orElseThrow().destroyForcibly(), is(true));
    return started.await();
  }

  private void succeeds(String... command) throws Exception {
    BundledJar.Result result = BundledJar.run(folder, screen, onCluster(command));
    assertThat(result.errors(), result.status(), is(0));
  }

  private String[] onCluster(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--runner=FlinkRunner");
    all.add("--flinkMaster=127.0.0.1:" + port);
    all.add("--parallelism=2");
    return all.toArray(String[]::new);
  }

  private String at(String database) {
    return "--warehouse=" + server.location(database);
  }

  private List<TableChecksum> checksums(String database) {
    return PostgresWarehouse.open(server.database(database), "", ZoneId.of("UTC"))
        .checksums(Set.of());
  }

  private void script(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("scripts/flink-cluster"));
    command.addAll(List.of(args));
    command.add("--folder=" + folder.resolve("cluster"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put(
            "FLINK_CLASS_PATH",
            Splitter.on(File.pathSeparator)
                .splitToStream(System.getProperty("java.class.path"))
                .filter(FLINK.asMatchPredicate())
                .collect(joining(File.pathSeparator)));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path said = screen.resolve("script");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES), is(true));
    assertThat(Files.readString(said, UTF_8), process.exitValue(), is(0));
  }
}
