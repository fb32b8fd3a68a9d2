package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.schema.RowCodec;
import org.stripeanalytics.model.seeds.FxRate;

class SmallFilesTest {
  @TempDir private Path directory;
  private final NdjsonRows<FxRate> format = NdjsonRows.of(RowCodec.of(FxRate.class));
  private Path staging;

  @BeforeEach
  void createStaging() throws IOException {
    staging = Files.createDirectory(directory.resolve("staging"));
  }

  @Test
  void manySmallFilesBecomeOneWithEveryRow() throws IOException {
    List<String> small = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      small.add(fileOf("small" + i, aRate("c" + i, "1"), aRate("d" + i, "2")));
    }

    List<String> joined = SmallFiles.join(small, staging);

    assertThat(joined, hasSize(1));
    DuckDbWarehouse warehouse = Warehouses.created(directory.resolve("stripe.duckdb"));
    new PublishTransaction(warehouse.file(), "run_1", Warehouses.JANUARY, Warehouses.NOON)
        .publish(Map.of(Tables.FX_RATES, new StagedFiles(joined, 40)));
    assertThat(
        warehouse.query("SELECT count(DISTINCT currency) FROM seeds.fx_rates").value(), is(40L));
  }

  @Test
  void aLargeFileStaysAsItIs() throws IOException {
    Path large = Files.write(staging.resolve("large"), new byte[1 << 20]);

    assertThat(SmallFiles.join(List.of(large.toString()), staging), contains(large.toString()));
  }

  private String fileOf(String name, FxRate... rates) throws IOException {
    try (NdjsonFile<FxRate> file =
        NdjsonFile.create(staging.resolve(name + NdjsonFile.SUFFIX), format)) {
      for (FxRate rate : rates) {
        file.write(rate);
      }
      return file.path().toString();
    }
  }
}
