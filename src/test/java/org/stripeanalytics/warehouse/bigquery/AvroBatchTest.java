package org.stripeanalytics.warehouse.bigquery;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stripeanalytics.warehouse.ExampleRows.aRate;
import static org.stripeanalytics.warehouse.bigquery.LocalWarehouses.JANUARY;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.seeds.FxRate;
import org.stripeanalytics.warehouse.StagedRows;

/** Rows that wait in Avro files to be loaded into BigQuery. */
class AvroBatchTest {
  @TempDir private Path directory;
  private AvroBatch<FxRate> batch;

  @BeforeEach
  void start() {
    batch =
        new AvroBatch<>(
            Tables.FX_RATES, FileSystems.matchNewResource(directory.toString(), true), JANUARY);
  }

  @Test
  void aFinishedBatchIsAFileOfItsRows() throws IOException {
    batch.write(aRate("usd", "1"));
    batch.write(aRate("eur", "1.08"));

    StagedRows staged = batch.finish().orElseThrow();

    assertThat(staged.getTable(), is("seeds.fx_rates"));
    assertThat(staged.getRows(), is(2L));
    assertThat(currencies(staged), contains("usd", "eur"));
  }

  @Test
  void withoutARowThereIsNoFile() throws IOException {
    assertThat(batch.finish(), is(Optional.empty()));
    batch.close();

    assertThat(files(), is(empty()));
  }

  @Test
  void nothingIsUploadedBeforeTheFirstMegabyteOrTheEnd() throws IOException {
    batch.write(aRate("usd", "1"));
    assertThat(files(), is(empty()));

    batch.finish();
    assertThat(files(), hasSize(1));
  }

  @Test
  void aLargeBatchIsWholeThoughItWasUploadedInParts() throws IOException {
    // Random letters: what compresses well would stay below a megabyte.
    String unlike = "%032x".formatted(new BigInteger(127, new Random(1)));
    List<String> written = new ArrayList<>();
    for (int i = 0; files().isEmpty(); i++) {
      String currency = Integer.toHexString(i * 0x9E3779B1) + unlike.substring(i % 24);
      written.add(currency);
      batch.write(aRate(currency, "1"));
    }
    batch.write(aRate("last", "1"));
    written.add("last");

    assertThat(currencies(batch.finish().orElseThrow()), is(written));
  }

  @Test
  void whatAFailedBundleHasWrittenIsNotAmongTheRowsOfTheNext() throws IOException {
    batch.write(aRate("usd", "1"));
    batch.close();
    batch.write(aRate("eur", "1.08"));

    StagedRows staged = batch.finish().orElseThrow();

    assertThat(staged.getRows(), is(1L));
    assertThat(currencies(staged), containsInAnyOrder("eur"));
    assertThat("no file of the first is left", files(), hasSize(1));
  }

  private static List<String> currencies(StagedRows staged) throws IOException {
    List<String> currencies = new ArrayList<>();
    try (DataFileReader<GenericRecord> records =
        new DataFileReader<>(Path.of(staged.getLocation()).toFile(), new GenericDatumReader<>())) {
      records.forEach(row -> currencies.add(row.get("currency").toString()));
    }
    return currencies;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }
}
