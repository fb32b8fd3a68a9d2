package org.stripeanalytics.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:15:00.25Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path landing;

  @Test
  void aDeliveryIsALineAboutItAndTheBodyAsItCame() throws Exception {
    String body = "{\n  \"id\": \"evt_1\",\n  \"type\": \"invoice.paid\",\n  \"name\": \"Zoë\"\n}";
    try (LandingStore store = LandingStore.open(landing, CLOCK)) {
      store.store(delivery(body, NOW)).join();

      assertThat(
          contents(),
          is(
              List.of(
                  "{\"object\":\"webhook_delivery\",\"event_id\":\"evt_1\",\"type\":\"invoice.paid\","
                      + "\"happened_at\":\"2026-01-31T10:15:00.250Z\","
                      + "\"received_at\":\"2026-01-31T10:15:00.250Z\"}\n"
                      + body
                      + "\n")));
    }
  }

  @Test
  void deliveriesAreFiledByTheDayOnWhichTheyArrived() throws Exception {
    try (LandingStore store = LandingStore.open(landing, CLOCK)) {
      store.store(delivery("{\"id\":\"evt_1\"}", NOW)).join();
      store.store(delivery("{\"id\":\"evt_2\"}", NOW.plusSeconds(86_400))).join();
    }

    assertThat(
        landed().stream().map(file -> landing.relativize(file).getParent().toString()).toList(),
        is(List.of("2026-01-31", "2026-02-01")));
  }

  @Test
  void whatArrivesWhileTheDiskIsWrittenSharesTheNextFile() throws Exception {
    List<CompletableFuture<Void>> stored = new ArrayList<>();
    try (LandingStore store = LandingStore.open(landing, CLOCK)) {
      for (int i = 0; i < 1000; i++) {
        stored.add(store.store(delivery("{\"id\":\"evt_%d\"}".formatted(i), NOW)));
      }
      stored.forEach(CompletableFuture::join);
    }

    assertThat(
        contents().stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("{\"id\""))
            .count(),
        is(1000L));
    assertThat(landed().size(), lessThan(200));
  }

  @Test
  void closingStoresWhatWasHandedOver() throws Exception {
    LandingStore store = LandingStore.open(landing, CLOCK);
    CompletableFuture<Void> stored = store.store(delivery("{\"id\":\"evt_1\"}", NOW));
    store.close();

    assertThat(stored.isDone(), is(true));
    assertThat(landed().size(), is(1));
  }

  @Test
  void whatCannotBeWrittenIsReportedAndTheNextIsTriedAgain() throws Exception {
    try (LandingStore store = LandingStore.open(landing, CLOCK)) {
      Path inTheWay = Files.writeString(landing.resolve("2026-01-31"), "a file");
      CompletableFuture<Void> stored = store.store(delivery("{\"id\":\"evt_1\"}", NOW));
      assertThat(
          assertThrows(CompletionException.class, stored::join).getCause(),
          instanceOf(IOException.class));

      Files.delete(inTheWay);
      store.store(delivery("{\"id\":\"evt_1\"}", NOW)).join();
    }
    assertThat(landed().size(), is(1));
    assertThat(namesIn(landing.resolve(".receiving")), is(List.of("lock")));
  }

  @Test
  void whatAKilledProcessHadBegunIsRemoved() throws Exception {
    Path receiving = Files.createDirectories(landing.resolve(".receiving"));
    Files.writeString(receiving.resolve("webhooks-0.ndjson.part"), "{\"id\":\"ev");

    LandingStore.open(landing, CLOCK).close();

    assertThat(namesIn(receiving), is(List.of("lock")));
    assertThat(landed().size(), is(0));
  }

  @Test
  void aSecondEdgeIsKeptOutOfTheLanding() throws Exception {
    LandingStore first = LandingStore.open(landing, CLOCK);
    IOException refused = assertThrows(IOException.class, () -> LandingStore.open(landing, CLOCK));
    first.close();

    assertThat(refused.getMessage(), is("another process writes webhooks there"));
    LandingStore.open(landing, CLOCK).close();
  }

  private static Delivery delivery(String body, Instant receivedAt) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    return new Delivery(Notification.of(bytes), bytes, receivedAt);
  }

  private List<Path> landed() throws IOException {
    try (Stream<Path> files = Files.walk(landing)) {
      return files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList();
    }
  }

  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : landed()) {
      contents.add(Files.readString(file));
    }
    return contents;
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
