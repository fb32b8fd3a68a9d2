package org.stripeanalytics.pipelines;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a warehouse is, as people write it in {@code --warehouse}. */
public record WarehouseLocation(Path file) {
  public static final String DEFAULT = "duckdb:warehouse/stripe.duckdb";

  private static final String ALLOWED =
      "allowed is a DuckDB file, written duckdb:PATH or just PATH";
  // Two letters or more, so that a Windows drive is no kind of warehouse.
  private static final Pattern KIND = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)");

  /**
   * Reads a location.
   *
   * @throws BadInput when it cannot be a warehouse
   */
  public static WarehouseLocation parse(String location) {
    Matcher kind = KIND.matcher(location);
    String path = location;
    if (kind.matches()) {
      path = kind.group(2);
      if (!kind.group(1).equals("duckdb")) {
        throw refusal(location, "names a kind of warehouse that is not known");
      }
    }
    if (path.isBlank()) {
      throw refusal(location, "names no file");
    }
    try {
      return new WarehouseLocation(Path.of(path));
    } catch (InvalidPathException e) {
      throw refusal(location, "is no path");
    }
  }

  /**
   * Adds a fault when the location cannot be read as one. Whether it can be used, a warehouse says.
   */
  static void check(String location, List<String> faults) {
    try {
      parse(location);
    } catch (BadInput e) {
      faults.addAll(e.faults());
    }
  }

  private static BadInput refusal(String location, String what) {
    return new BadInput("--warehouse=" + location + " " + what + "; " + ALLOWED);
  }
}
