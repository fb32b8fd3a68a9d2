package org.stripeanalytics.synthesis;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.synthesis.account.SimulatedAccount;

class WriteObjectsTest {
  private static final SimulatedAccount ACCOUNT = Simulations.account(3, 20);
  @TempDir private Path directory;

  @Test
  void everyTableHasADirectoryOfItsName() throws IOException {
    write(to(directory, false).withEvents(Faults.NONE));

    assertThat(
        directories(),
        hasItems("customers", "invoices", "balance_transactions", "events", "marketing_spend"));
    assertThat(directories(), not(hasItems("truth_customers")));
    assertThat(
        Files.readAllLines(directory.resolve("customers/part-00000.ndjson")).get(0),
        startsWith("{\"id\":\"cus_"));
  }

  @Test
  void withoutBeingAskedForThereAreNoEvents() throws IOException {
    write(to(directory, true));

    assertThat(directories().contains("events"), is(false));
    assertThat(directories(), hasItems("truth_customers"));
  }

  @Test
  void compressedFilesHoldTheSameLines() throws IOException {
    write(to(directory.resolve("plain"), false));
    write(to(directory.resolve("packed"), false).withFormat(ObjectFormat.NDJSON_GZ));

    try (BufferedReader packed =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(directory.resolve("packed/charges/part-00000.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      assertThat(
          packed.lines().toList(),
          equalTo(Files.readAllLines(directory.resolve("plain/charges/part-00000.ndjson"))));
    }
  }

  @Test
  void filesOfAnEarlierRunAreRemovedAndNoOthers() throws IOException {
    Files.createDirectories(directory.resolve("customers"));
    Files.writeString(directory.resolve("customers/part-00099.ndjson"), "old");
    Files.writeString(directory.resolve("customers/notes.txt"), "mine");

    WriteObjects.clear(directory.toString());

    assertThat(Files.exists(directory.resolve("customers/part-00099.ndjson")), is(false));
    assertThat(Files.exists(directory.resolve("customers/notes.txt")), is(true));
  }

  @Test
  void aDirectoryThatDoesNotExistYetNeedsNoClearing() throws IOException {
    WriteObjects.clear(directory.resolve("new").toString());

    assertThat(Files.exists(directory.resolve("new")), is(false));
  }

  private static WriteObjects to(Path target, boolean truth) {
    return WriteObjects.to(
        target.toString(), ACCOUNT, DataInterval.of(ACCOUNT.start(), ACCOUNT.end()), truth);
  }

  private static void write(WriteObjects objects) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply("WriteObjects", objects);
    pipeline.run().waitUntilFinish();
  }

  private List<String> directories() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }
}
