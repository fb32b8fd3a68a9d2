package org.stripeanalytics.quality;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.stripeanalytics.contract.Contract;

/**
 * All tests of a table that one walk over its rows can answer, as one statement. Rows are first
 * brought together by primary key, so that copies of a key show, and then counted. The answer is
 * one row: {@code row_count}, and for each test {@code failed_<i>}, how much of the table fails it.
 *
 * <p>The text keeps to what GoogleSQL and DuckDB share. Columns are always written behind an alias,
 * where both allow the words that they otherwise reserve.
 */
public record TableScan(Contract contract, ImmutableList<Measured> measured) {

  /**
   * A test and how a scan answers it.
   *
   * @param join what the scan must be joined with, empty for nothing; never multiplies rows
   * @param perKey an aggregate over the rows {@code t} of one key
   * @param total an aggregate over the column {@code %s}, which holds {@code perKey}
   */
  public record Measured(DataTest test, String join, String perKey, String total) {}

  public ImmutableList<DataTest> tests() {
    return measured.stream().map(Measured::test).collect(ImmutableList.toImmutableList());
  }

  public String sql() {
    return "SELECT COALESCE(SUM(g.copies), 0) AS row_count"
        + each(i -> ", COALESCE(" + total(i) + ", 0) AS failed_" + i)
        + " FROM (SELECT COUNT(*) AS copies"
        + each(i -> ", " + measured.get(i).perKey() + " AS measure_" + i)
        + " FROM "
        + contract.name()
        + " AS t"
        + measured.stream().map(Measured::join).distinct().collect(joining())
        + " GROUP BY "
        + ContractTests.key(contract)
        + ") AS g";
  }

  private String total(int i) {
    return measured.get(i).total().formatted("g.measure_" + i);
  }

  private String each(IntFunction<String> sql) {
    return IntStream.range(0, measured.size()).mapToObj(sql).collect(joining());
  }
}
