package org.stripeanalytics.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.stripeanalytics.contract.Contract;
import org.stripeanalytics.contract.Layer;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.warehouse.duckdb.DuckDbWarehouse;

/** The warehouses of one session, each made when it is first asked for. */
final class Warehouses {
  private static final String FILE = "stripe.duckdb";
  private static final String HALF_A_YEAR = "--end=2021-07-01";

  private final Workplace workplace;

  Warehouses(Workplace workplace) {
    this.workplace = workplace;
  }

  Path rawPath(long customers) {
    return workplace.path("raw-" + customers).resolve(FILE);
  }

  Path wholePath(long customers) {
    return workplace.path("whole-" + customers).resolve(FILE);
  }

  /** One with raw rows only. */
  Path raw(long customers) throws IOException, InterruptedException {
    Path file = rawPath(customers);
    if (!Files.exists(file)) {
      workplace.emptied("raw-" + customers);
      synthesize(file, customers);
    }
    return file;
  }

  /** One with the raw rows of the first half year of an account, so few signups. */
  Path halfYear(long customers) throws IOException, InterruptedException {
    Path file = workplace.path("half-year-" + customers).resolve(FILE);
    if (!Files.exists(file)) {
      workplace.emptied("half-year-" + customers);
      synthesize(file, customers, HALF_A_YEAR);
    }
    return file;
  }

  /** A copy of one with raw rows only, that may be changed. */
  Path freshCopy(long customers) throws IOException, InterruptedException {
    return freshCopy(raw(customers), "transformed-" + customers);
  }

  /** A copy of the first half year, that may be changed. */
  Path freshHalfYear(long customers) throws IOException, InterruptedException {
    return freshCopy(halfYear(customers), "half-year-transformed-" + customers);
  }

  private Path freshCopy(Path raw, String directory) throws IOException {
    return Files.copy(raw, workplace.emptied(directory).resolve(FILE));
  }

  /** One that was transformed. */
  Path transformed(long customers) throws IOException, InterruptedException {
    Path file = workplace.path("transformed-" + customers).resolve(FILE);
    if (!Files.exists(file)) {
      transform(freshCopy(customers));
    }
    return file;
  }

  /** One that a whole run has left. */
  Path whole(long customers) throws IOException, InterruptedException {
    if (!Files.exists(wholePath(customers))) {
      runLocal(customers);
    }
    return wholePath(customers);
  }

  ProcessRun.Finished synthesize(Path file, long customers, String... options)
      throws IOException, InterruptedException {
    return workplace.command(
        "synthesize", with(options, "--customers=" + customers, "--warehouse=" + file));
  }

  ProcessRun.Finished transform(Path file, String... options)
      throws IOException, InterruptedException {
    return workplace.command("transform", with(options, "--warehouse=" + file));
  }

  ProcessRun.Finished runLocal(long customers) throws IOException, InterruptedException {
    Path directory = workplace.emptied("whole-" + customers);
    return workplace.command(
        "run-local",
        "--customers=" + customers,
        "--warehouse=" + directory.resolve(FILE),
        "--report=" + directory.resolve("report"));
  }

  private static String[] with(String[] options, String... others) {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.addAll(Arrays.asList(others));
    return all.toArray(String[]::new);
  }

  static long rawRows(Path file) {
    return count(file, contract -> contract.layer() == Layer.RAW);
  }

  /** The rows of layers. */
  static long rows(Path file, Predicate<Layer> wanted) {
    return count(file, contract -> wanted.test(contract.layer()));
  }

  /** How many customers have signed up. */
  static long customers(Path file) {
    return (Long)
        DuckDbWarehouse.openReadOnly(file)
            .query("SELECT count(DISTINCT id) FROM " + Tables.CUSTOMERS.name())
            .value();
  }

  static Sizes sizes(Path file, long customers) {
    return new Sizes(
        customers,
        rawRows(file),
        bytes(file, contract -> contract.layer() == Layer.RAW),
        bytes(file, contract -> contract.name().equals(Tables.EVENTS.name())),
        count(file, contract -> contract.layer() != Layer.RAW),
        bytes(file, contract -> contract.layer() != Layer.RAW));
  }

  private static long count(Path file, Predicate<Contract> wanted) {
    return sum(file, wanted, contract -> "SELECT count(*) FROM " + contract.name());
  }

  private static long bytes(Path file, Predicate<Contract> wanted) {
    return sum(file, wanted, LogicalBytes::query);
  }

  private static long sum(Path file, Predicate<Contract> wanted, Function<Contract, String> query) {
    DuckDbWarehouse warehouse = DuckDbWarehouse.openReadOnly(file);
    return Tables.all().stream()
        .map(WarehouseTable::contract)
        .filter(wanted)
        .mapToLong(contract -> (Long) warehouse.query(query.apply(contract)).value())
        .sum();
  }
}
