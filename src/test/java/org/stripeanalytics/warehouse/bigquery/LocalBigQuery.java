package org.stripeanalytics.warehouse.bigquery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonFactory;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatus;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableList;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.common.base.Splitter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.extensions.gcp.util.Transport;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * Answers on a port of this machine as much of BigQuery's REST API as the adapter uses, keeps every
 * job that it was sent, and has the rows in {@link LocalTables}. Jobs have ended when they are
 * answered.
 */
final class LocalBigQuery implements AutoCloseable {
  static {
    // Without it every answer on a kept connection waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final JsonFactory JSON = Transport.getJsonFactory();
  private static final Map<Integer, LocalBigQuery> OPEN = new ConcurrentHashMap<>();

  private final HttpServer server;
  private final LocalTables tables;
  private final Map<String, Dataset> datasets = new TreeMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, QueryResult> answers = new LinkedHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final Map<String, ReadSession> sessions = new LinkedHashMap<>();
  private int lostAnswers;
  private boolean losesRows;
  private @Nullable String loadFailure;
  private final List<ErrorProto> queryFailures = new ArrayList<>();

  private LocalBigQuery(HttpServer server, LocalTables tables) {
    this.server = server;
    this.tables = tables;
  }

  static LocalBigQuery start(Path directory) throws IOException {
    return start(new LocalTables(directory));
  }

  /** Starts one that holds something already. */
  static LocalBigQuery start(Path directory, LocalState state) throws IOException {
    LocalBigQuery local = start(LocalTables.of(state, directory));
    state.datasets().forEach((name, dataset) -> local.datasets.put(name, dataset.clone()));
    return local;
  }

  private static LocalBigQuery start(LocalTables tables) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LocalBigQuery local = new LocalBigQuery(server, tables);
    server.createContext("/bigquery/v2/", local::handle);
    server.start();
    OPEN.put(local.port(), local);
    return local;
  }

  /** The one that listens on a port, for whoever was serialised in between. */
  static LocalBigQuery at(int port) {
    return OPEN.get(port);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String endpoint() {
    return "http://" + server.getAddress().getHostString() + ":" + port() + "/";
  }

  LocalTables tables() {
    return tables;
  }

  synchronized Map<String, Dataset> datasets() {
    return new TreeMap<>(datasets);
  }

  /** Every job that was taken, in the order in which they came. */
  synchronized List<Job> jobs() {
    return new ArrayList<>(jobs.values());
  }

  synchronized List<Job> loads() {
    return jobs().stream().filter(job -> job.getConfiguration().getLoad() != null).toList();
  }

  /** The jobs that ran a script with this job id at its beginning. */
  synchronized List<Job> scripts(String purpose) {
    return jobs().stream()
        .filter(job -> job.getJobReference().getJobId().startsWith(purpose))
        .toList();
  }

  /** Method and path of every request, as in {@code POST jobs}. */
  synchronized List<String> requests() {
    return new ArrayList<>(requests);
  }

  /** The next job is taken and run, and the answer to it gets lost on the way. */
  synchronized void loseNextJobAnswer() {
    lostAnswers++;
  }

  /** Loads into tables of this name fail until it is null. */
  synchronized void failLoadsInto(@Nullable String part) {
    loadFailure = part;
  }

  /** From now on loads end well and bring nothing. */
  synchronized void loseLoadedRows() {
    losesRows = true;
  }

  /** The next script fails for a reason that has nothing to do with it. */
  synchronized void failNextScript(String reason, String message) {
    queryFailures.add(new ErrorProto().setReason(reason).setMessage(message));
  }

  /** Every read session that was opened, as it was asked for. */
  synchronized List<ReadSession> sessions() {
    return new ArrayList<>(sessions.values());
  }

  /** Takes a session and names its stream. */
  synchronized String openSession(ReadSession asked) {
    String stream = asked.getTable() + "/streams/" + sessions.size();
    sessions.put(stream, asked);
    return stream;
  }

  synchronized ReadSession session(String stream) {
    return sessions.get(stream);
  }

  /** Closes it and says what it held. */
  LocalState closed() throws IOException {
    close();
    return tables.state(datasets());
  }

  @Override
  public void close() {
    OPEN.remove(port());
    server.stop(0);
    try {
      tables.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the local tables stay open", e);
    }
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // /bigquery/v2/projects/P/…
      List<String> path = Splitter.on('/').splitToList(exchange.getRequestURI().getPath());
      List<String> resource = path.subList(5, path.size());
      String method = method(exchange);
      String route = method + " " + resource.get(0);
      requests.add(method + " " + String.join("/", resource));
      String body = body(exchange);
      try {
        switch (route + (resource.size() > 2 ? "/…" : "")) {
          case "POST datasets" -> create(exchange, JSON.fromString(body, Dataset.class));
          case "GET datasets" -> answer(exchange, datasets.get(resource.get(1)));
          case "POST datasets/…" -> create(exchange, JSON.fromString(body, Table.class));
          case "GET datasets/…" -> answer(exchange, tableOrList(resource));
          case "PATCH datasets/…" -> patch(exchange, resource, JSON.fromString(body, Table.class));
          case "DELETE datasets/…" -> {
            tables.delete(resource.get(1), resource.get(3));
            answer(exchange, new Table());
          }
          case "POST jobs" -> insert(exchange, JSON.fromString(body, Job.class));
          case "GET jobs" -> answer(exchange, jobs.get(resource.get(1)));
          case "GET queries" ->
              answer(
                  exchange, AnswerJson.of(answers.get(resource.get(1)), jobs.get(resource.get(1))));
          default -> refuse(exchange, 501, "notImplemented", route);
        }
      } catch (SQLException e) {
        refuse(exchange, 400, "invalidQuery", e.getMessage());
      }
    }
  }

  private void create(HttpExchange exchange, Dataset dataset) throws IOException {
    String id = dataset.getDatasetReference().getDatasetId();
    if (datasets.putIfAbsent(id, dataset) != null) {
      refuse(exchange, 409, "duplicate", "Already Exists: Dataset " + id);
    } else {
      answer(exchange, dataset);
    }
  }

  private void create(HttpExchange exchange, Table table) throws IOException, SQLException {
    String dataset = table.getTableReference().getDatasetId();
    String id = table.getTableReference().getTableId();
    if (!datasets.containsKey(dataset)) {
      refuse(exchange, 404, "notFound", "Not found: Dataset " + dataset);
    } else if (tables.resource(dataset, id) != null) {
      refuse(exchange, 409, "duplicate", "Already Exists: Table " + id);
    } else {
      tables.create(table);
      answer(exchange, table);
    }
  }

  private void patch(HttpExchange exchange, List<String> resource, Table change)
      throws IOException, SQLException {
    Table stored = tables.resource(resource.get(1), resource.get(3));
    String asked = exchange.getRequestHeaders().getFirst("If-Match");
    if (stored == null) {
      answer(exchange, null);
      return;
    }
    if (asked != null && !asked.equals(stored.getEtag())) {
      refuse(exchange, 412, "conditionNotMet", "Precondition Failed");
      return;
    }
    tables.patch(resource.get(1), resource.get(3), change);
    answer(exchange, tables.resource(resource.get(1), resource.get(3)));
  }

  /** Java's HTTP client knows no PATCH; Google's says it in a header then. */
  private static String method(HttpExchange exchange) {
    String override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return override == null ? exchange.getRequestMethod() : override;
  }

  private @Nullable GenericJson tableOrList(List<String> resource) throws SQLException {
    String dataset = resource.get(1);
    if (resource.size() > 3) {
      return tables.shown(dataset, resource.get(3));
    }
    return !datasets.containsKey(dataset)
        ? null
        : new TableList()
            .setTables(
                tables.resources(dataset).stream()
                    .map(
                        t ->
                            new TableList.Tables()
                                .setTableReference(t.getTableReference())
                                .setLabels(t.getLabels()))
                    .toList());
  }

  private void insert(HttpExchange exchange, Job job) throws IOException {
    JobReference reference = job.getJobReference();
    if (reference.getJobId() == null) {
      reference.setJobId("job_" + jobs.size());
    }
    if (Boolean.TRUE.equals(job.getConfiguration().getDryRun())) {
      answer(exchange, job.setStatistics(statistics(job)).setStatus(done(null)));
      return;
    }
    if (jobs.containsKey(reference.getJobId())) {
      refuse(exchange, 409, "duplicate", "Already Exists: Job " + reference.getJobId());
      return;
    }
    jobs.put(reference.getJobId(), job);
    job.setStatus(done(run(job))).setStatistics(statistics(job));
    if (lostAnswers > 0) {
      lostAnswers--;
      refuse(exchange, 503, "backendError", "The answer got lost");
    } else {
      answer(exchange, job);
    }
  }

  private @Nullable ErrorProto run(Job job) {
    JobConfigurationLoad load = job.getConfiguration().getLoad();
    try {
      if (load != null) {
        load(load);
      } else {
        if (!queryFailures.isEmpty()) {
          return queryFailures.remove(0);
        }
        answers.put(
            job.getJobReference().getJobId(),
            tables.run(job.getConfiguration().getQuery().getQuery()));
      }
      return null;
    } catch (SQLException | IOException e) {
      return new ErrorProto().setReason("invalidQuery").setMessage(e.getMessage());
    }
  }

  private void load(JobConfigurationLoad load) throws SQLException, IOException {
    String dataset = load.getDestinationTable().getDatasetId();
    String table = load.getDestinationTable().getTableId();
    if (loadFailure != null && table.contains(loadFailure)) {
      throw new IOException("simulated failure of the load into " + table);
    }
    if (tables.resource(dataset, table) == null) {
      tables.create(
          new Table().setTableReference(load.getDestinationTable()).setSchema(load.getSchema()));
    }
    tables.replace(
        load.getDestinationTable(),
        load.getSchema().getFields(),
        losesRows ? List.of() : load.getSourceUris().stream().map(Path::of).toList());
  }

  private static JobStatistics statistics(Job job) {
    if (job.getConfiguration().getQuery() == null) {
      return new JobStatistics();
    }
    String first =
        Splitter.on(' ').split(job.getConfiguration().getQuery().getQuery()).iterator().next();
    return new JobStatistics()
        .setQuery(new JobStatistics2().setStatementType(first.toUpperCase(Locale.ROOT)));
  }

  private static JobStatus done(@Nullable ErrorProto error) {
    return new JobStatus().setState("DONE").setErrorResult(error);
  }

  private static String body(HttpExchange exchange) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    try (InputStream body =
        "gzip".equals(encoding)
            ? new GZIPInputStream(exchange.getRequestBody())
            : exchange.getRequestBody()) {
      return new String(body.readAllBytes(), UTF_8);
    }
  }

  private static void answer(HttpExchange exchange, @Nullable GenericJson json) throws IOException {
    if (json == null) {
      refuse(exchange, 404, "notFound", "Not found: " + exchange.getRequestURI());
    } else {
      respond(exchange, 200, JSON.toByteArray(json));
    }
  }

  private static void refuse(HttpExchange exchange, int status, String reason, String message)
      throws IOException {
    GenericJson error = new GenericJson();
    error.set("code", status);
    error.set("message", message);
    error.set("errors", List.of(Map.of("reason", reason, "message", message)));
    GenericJson envelope = new GenericJson();
    envelope.set("error", error);
    respond(exchange, status, JSON.toByteArray(envelope));
  }

  private static void respond(HttpExchange exchange, int status, byte[] json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }
}
