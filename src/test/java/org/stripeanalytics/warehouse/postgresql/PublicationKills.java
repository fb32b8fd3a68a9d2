package org.stripeanalytics.warehouse.postgresql;

import static org.stripeanalytics.warehouse.ExampleRows.aMovement;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.ExampleRows.aSpell;
import static org.stripeanalytics.warehouse.ExampleRows.aState;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.warehouse.StagedRows;
import org.stripeanalytics.warehouse.StagingBatch;
import org.stripeanalytics.warehouse.WarehouseException;

/**
 * Kills publications: a server of its own, tables of three ownerships and one that is empty and
 * loaded for the first time, whose rows all say by which publication they came, and either side of
 * a publication killed as {@code kill -9} does.
 */
public final class PublicationKills implements AutoCloseable {
  private static final int ROWS = 4000;
  private static final DataInterval JANUARY =
      DataInterval.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 2, 1));

  /** What all rows say, of every table. */
  private static final String VERSIONS =
      """
      SELECT rate::bigint AS version, count(*) FROM seeds.fx_rates GROUP BY 1
      UNION ALL SELECT arr_minor_change, count(*) FROM facts.fct_mrr_movements GROUP BY 1
      UNION ALL SELECT arr_minor, count(*) FROM intermediate.subscription_spells GROUP BY 1
      UNION ALL SELECT version, count(*) FROM intermediate.customer_state GROUP BY 1
      """;

  private final Path data;
  private EmbeddedPostgres server;
  private long published = 1;
  private long undisturbedMillis;
  private boolean isEmptied;

  private PublicationKills(Path data) throws IOException {
    this.data = data;
    this.server = startServer(0);
  }

  /**
   * Starts a server and publishes once, undisturbed.
   *
   * @param data where the server keeps its files
   */
  public static PublicationKills start(Path data) throws IOException {
    PublicationKills kills = new PublicationKills(data);
    warehouse(kills.server.getPort()).createTables();
    kills.publish(kills.published);
    long begun = System.nanoTime();
    kills.published++;
    kills.publish(kills.published);
    kills.undisturbedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    return kills;
  }

  /** How long a publication takes that nobody kills, with staging. */
  public long undisturbedMillis() {
    return undisturbedMillis;
  }

  /**
   * Kills the process that publishes.
   *
   * @param millis after it has begun to stage
   * @return how the tables are, in words, if they are neither as before nor as after it
   */
  public Optional<String> killClient(long millis) throws IOException, InterruptedException {
    emptyCustomerState();
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PublicationKills.class.getName(),
                Integer.toString(server.getPort()),
                Long.toString(published + 1))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (client.getInputStream().read() < 0) {
      throw new IllegalStateException("the client could not begin");
    }
    boolean isOver = client.waitFor(millis, TimeUnit.MILLISECONDS);
    client.destroyForcibly().waitFor();
    return judge(isOver ? "ended by itself" : "killed");
  }

  /** Likewise the server, with all its processes, and starts it again. */
  public Optional<String> killServer(long millis) throws IOException, InterruptedException {
    emptyCustomerState();
    long next = published + 1;
    Thread client =
        new Thread(
            () -> {
              try {
                publish(next);
              } catch (IOException | WarehouseException | IllegalStateException e) {
                // As it must; what counts is what the tables hold.
                Thread.currentThread().interrupt();
              }
            });
    client.start();
    client.join(Math.max(1, millis));
    long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    ProcessHandle root = ProcessHandle.of(postmaster).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(root.descendants().toList());
    all.add(0, root);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      process.onExit().join();
    }
    client.join();
    int port = server.getPort();
    // It complains of the server that it does not find any more.
    ((Logger) LoggerFactory.getLogger(EmbeddedPostgres.class)).setLevel(Level.OFF);
    server.close();
    server = startServer(port);
    return judge("its server killed");
  }

  /** Publishes what was broken off once more. */
  public Optional<String> rerun() throws IOException {
    published++;
    publish(published);
    isEmptied = false;
    return judge("run again");
  }

  /** Its next load is its first. */
  private void emptyCustomerState() throws IOException {
    try (Connection connection = database(server.getPort()).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE intermediate.customer_state");
      isEmptied = true;
    } catch (SQLException e) {
      throw new IOException("cannot empty a table", e);
    }
  }

  private Optional<String> judge(String what) {
    List<List<Object>> versions = warehouse(server.getPort()).query(VERSIONS).rows();
    long version = versions.isEmpty() ? -1 : (Long) versions.get(0).get(0);
    boolean isWhole =
        versions.size() == (isEmptied && version == published ? 3 : 4)
            && versions.stream().distinct().count() == 1
            && versions.get(0).get(1).equals((long) ROWS);
    if (isWhole && (version == published || version == published + 1)) {
      published = version;
      return Optional.empty();
    }
    return Optional.of("%s after %d: %s".formatted(what, published, versions));
  }

  private void publish(long version) throws IOException {
    publish(server.getPort(), version);
  }

  private static void publish(int port, long version) throws IOException {
    PostgresWarehouse warehouse = warehouse(port);
    StagingTables area =
        warehouse.area("run_" + version, JANUARY, Instant.parse("2024-06-01T12:00:00Z"));
    List<StagedRows> staged = new ArrayList<>();
    stage(area, version, staged);
    var published =
        new PublishStaged(area, warehouse.tables())
            .publish(
                List.of(
                    Tables.SUBSCRIPTION_SPELLS,
                    Tables.CUSTOMER_STATE,
                    Tables.FCT_MRR_MOVEMENTS,
                    Tables.FX_RATES),
                staged,
                null);
    if (published.size() != 4) {
      throw new IllegalStateException(published.toString());
    }
  }

  private static void stage(StagingTables area, long version, List<StagedRows> staged)
      throws IOException {
    var spells = CopiedBatch.ofThisProcess(area, Tables.SUBSCRIPTION_SPELLS);
    var states = CopiedBatch.ofThisProcess(area, Tables.CUSTOMER_STATE);
    var movements = CopiedBatch.ofThisProcess(area, Tables.FCT_MRR_MOVEMENTS);
    var rates = CopiedBatch.ofThisProcess(area, Tables.FX_RATES);
    for (int i = 0; i < ROWS; i++) {
      spells.write(aSpell("sub_" + i, version, "2024-01-31"));
      states.write(aState("cus_" + i, "2024-01-01", version));
      movements.write(aMovement("cus_" + i, "2024-01-31", version));
      rates.write(aRate("c" + i, Long.toString(version)));
    }
    for (StagingBatch<?> batch : List.of(spells, states, movements, rates)) {
      batch.finish().ifPresent(staged::add);
    }
  }

  private EmbeddedPostgres startServer(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            // What was acknowledged must outlive the server's processes.
            .setServerConfig("synchronous_commit", "on");
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }

  private static PostgresWarehouse warehouse(int port) {
    return PostgresWarehouse.open(database(port), "", ZoneId.of("UTC"));
  }

  private static PostgresDatabase database(int port) {
    return new PostgresDatabase(
        "localhost", port, "postgres", "postgres", "disable", Optional::empty);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** A client: says that it begins, and publishes. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    // What is loaded now is not loaded meanwhile.
    var unused = warehouse(port).query("SELECT 1");
    System.out.write('!');
    System.out.flush();
    publish(port, Long.parseLong(args[1]));
  }
}
