package org.stripeanalytics.warehouse.bigquery;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.SqlException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.warehouse.QueryResult;

/**
 * {@link GoogleSqlEngine} in a process of its own, which its native library may abort. One serves
 * all tests of a class; it ends with its standard input.
 */
final class GoogleSqlProcess implements AutoCloseable {
  static final TableNames NAMES = new TableNames("a-project", "dev");
  static final RunStamp RUN =
      new RunStamp("nightly-7", Instant.parse("2024-06-01T12:00:00.654321Z"));

  private static final QueryResult NOTHING =
      new QueryResult(ImmutableList.of(), ImmutableList.of());

  private enum Task {
    FILL,
    ROWS,
    QUERY,
    DELETE
  }

  /** A refusal of GoogleSQL's, whose reason is the message. */
  static final class Refused extends RuntimeException {
    private Refused(String message) {
      super(message);
    }
  }

  private record Request(Task task, String text, ArrayList<Map<String, Object>> rows)
      implements Serializable {}

  private record Answer(
      @Nullable String refusal, ArrayList<String> columns, ArrayList<List<Object>> rows)
      implements Serializable {}

  private final Process process;
  private final ObjectOutputStream requests;
  private final ObjectInputStream answers;

  private GoogleSqlProcess(Process process) throws IOException {
    this.process = process;
    this.requests = new ObjectOutputStream(new BufferedOutputStream(process.getOutputStream()));
    requests.flush();
    this.answers = new ObjectInputStream(new BufferedInputStream(process.getInputStream()));
  }

  static GoogleSqlProcess start() throws IOException {
    return new GoogleSqlProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GoogleSqlProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Gives a table, named as in a script, other rows. */
  void fill(String table, List<Map<String, Object>> rows) {
    var unused = ask(new Request(Task.FILL, table.replace("`", ""), new ArrayList<>(rows)));
  }

  /** The rows of a table, named as in a script, as they stand. */
  QueryResult rows(String table) {
    return ask(new Request(Task.ROWS, table.replace("`", ""), new ArrayList<>()));
  }

  /**
   * @throws Refused when GoogleSQL does not accept or cannot compute it
   */
  QueryResult query(String sql) {
    return ask(new Request(Task.QUERY, sql, new ArrayList<>()));
  }

  /** Removes rows from a table. */
  void delete(String sql) {
    var unused = ask(new Request(Task.DELETE, sql, new ArrayList<>()));
  }

  private QueryResult ask(Request request) {
    try {
      requests.writeObject(request);
      requests.flush();
      requests.reset();
      Answer answer = (Answer) answers.readObject();
      if (answer.refusal() != null) {
        throw new Refused(answer.refusal() + "\n" + request.text());
      }
      return new QueryResult(
          ImmutableList.copyOf(answer.columns()), ImmutableList.copyOf(answer.rows()));
    } catch (IOException e) {
      throw new UncheckedIOException("GoogleSQL's process is gone: " + request.text(), e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    // What a library prints must not get between the answers.
    System.setOut(System.err);
    try (ObjectOutputStream answers = new ObjectOutputStream(new BufferedOutputStream(out))) {
      answers.flush();
      ObjectInputStream requests = new ObjectInputStream(new BufferedInputStream(System.in));
      GoogleSqlEngine engine = new GoogleSqlEngine(GoogleSqlAnalyser.over(NAMES, RUN));
      while (true) {
        answers.writeObject(answer(engine, (Request) requests.readObject()));
        answers.flush();
        answers.reset();
      }
    } catch (EOFException e) {
      // The tests are over, and native threads would keep the process.
      Runtime.getRuntime().halt(0);
    }
  }

  private static Answer answer(GoogleSqlEngine engine, Request request) {
    try {
      switch (request.task()) {
        case FILL:
          engine.fill(request.text(), request.rows());
          return answer(NOTHING);
        case ROWS:
          return answer(engine.rowsOf(request.text()));
        case QUERY:
          return answer(engine.query(request.text()));
        case DELETE:
          engine.delete(request.text());
          return answer(NOTHING);
      }
      throw new IllegalArgumentException(request.task().name());
    } catch (SqlException e) {
      return new Answer(e.getMessage(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private static Answer answer(QueryResult result) {
    ArrayList<List<Object>> rows = new ArrayList<>();
    result.rows().forEach(row -> rows.add(new ArrayList<>(row)));
    return new Answer(null, new ArrayList<>(result.columns()), rows);
  }
}
