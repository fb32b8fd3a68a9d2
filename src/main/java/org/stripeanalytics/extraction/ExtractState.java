package org.stripeanalytics.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.extraction.ListPage.Element;

/**
 * How far the extraction of an account has come, in a file beside what it has landed. Every change
 * is written whole to another file that then takes its name. Times are seconds since the epoch.
 *
 * <p>A session is one backfill or one increment, from its beginning until it is finished. One that
 * was broken off is gone on with.
 */
final class ExtractState {
  static final String FILE = "extract-state.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String account;
  private @Nullable Session session;

  /** Where events were read to; 0 before the first backfill is finished. */
  private long eventsUntil;

  /** Up to when lists were read that no events make up for. */
  private long listedUntil;

  private final PendingEntries pending = new PendingEntries();

  private long lastReads;

  /**
   * What is under way.
   *
   * @param since from when on objects are read
   * @param begun the second in which it began
   * @param eventsFrom from when on events are read
   * @param listedFrom from when on an increment reads the lists of what no event announces
   * @param available when the entries of the balance were created that an increment reads again,
   *     because they have become available
   * @param covered by list, what of it is landed
   */
  record Session(
      boolean backfill,
      long since,
      long begun,
      long eventsFrom,
      long listedFrom,
      Coverage available,
      Map<String, Coverage> covered) {

    Coverage covered(String list) {
      return covered.computeIfAbsent(list, name -> new Coverage());
    }
  }

  private ExtractState(Path file, String account) {
    this.file = file;
    this.account = account;
  }

  /**
   * The state of a landing; that of a new one if there is none.
   *
   * @param account tells apart what must not be mixed in one landing
   * @throws ExtractionException when the file is not one of this version or of another account
   */
  static ExtractState read(Path landing, String account) {
    ExtractState state = new ExtractState(landing.resolve(FILE), account);
    if (!Files.exists(state.file)) {
      return state;
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(state.file));
      if (json.path("version").asInt() != VERSION) {
        throw new ExtractionException(
            state.file + " is not a state of this version; give another --output");
      }
      if (!json.path("account").asText().equals(account)) {
        throw new ExtractionException(
            "%s is of %s and not of %s; give another --output"
                .formatted(state.file, json.path("account").asText(), account));
      }
      state.eventsUntil = json.path("events_until").asLong();
      state.listedUntil = json.path("listed_until").asLong();
      state.pending.read(json.path("pending"));
      if (json.path("pending_since").asLong() > 0) {
        // So earlier releases said it: all entries since then are looked at once more.
        state.pending.add(json.path("pending_since").asLong(), 1, 0);
        state.pending.add(state.listedUntil, 1, 0);
      }
      state.lastReads = json.path("last_reads").asLong();
      JsonNode session = json.path("session");
      if (session.isObject()) {
        state.session = session(session);
      }
      return state;
    } catch (IOException e) {
      throw new ExtractionException(state.file + " cannot be read; give another --output");
    }
  }

  private static Session session(JsonNode json) {
    Map<String, Coverage> covered = new HashMap<>();
    for (Map.Entry<String, JsonNode> list : json.path("covered").properties()) {
      covered.put(list.getKey(), Coverage.read(list.getValue()));
    }
    return new Session(
        json.path("backfill").asBoolean(),
        json.path("since").asLong(),
        json.path("begun").asLong(),
        json.path("events_from").asLong(),
        json.path("listed_from").asLong(),
        Coverage.read(json.path("available")),
        covered);
  }

  synchronized @Nullable Session session() {
    return session;
  }

  synchronized long eventsUntil() {
    return eventsUntil;
  }

  synchronized long listedUntil() {
    return listedUntil;
  }

  /** The requests of the last session that was finished; 0 if none was. */
  synchronized long lastReads() {
    return lastReads;
  }

  synchronized void begin(Session next) {
    session = next;
    write();
  }

  /** Notes that a window is landed. */
  synchronized void cover(String list, long from, long to) {
    session.covered(list).add(from, to);
    write();
  }

  /** Notes which entries of the balance were pending, before they are landed. */
  synchronized void notePending(List<Element> entries) {
    boolean isNew = false;
    for (Element entry : entries) {
      isNew |= pending.add(entry.created(), entry.availableOn(), session.begun());
    }
    if (isNew) {
      write();
    }
  }

  /** When the entries were created that have become available since they were read. */
  synchronized Coverage takeAvailable(long now) {
    return pending.takeAvailable(now);
  }

  synchronized void finish(long until, long reads) {
    listedUntil = session.begun();
    session = null;
    eventsUntil = until;
    lastReads = reads;
    write();
  }

  private void write() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", VERSION);
    json.put("account", account);
    json.put("events_until", eventsUntil);
    json.put("listed_until", listedUntil);
    pending.write(json.putObject("pending"));
    json.put("last_reads", lastReads);
    if (session != null) {
      ObjectNode open = json.putObject("session");
      open.put("backfill", session.backfill());
      open.put("since", session.since());
      open.put("begun", session.begun());
      open.put("events_from", session.eventsFrom());
      open.put("listed_from", session.listedFrom());
      session.available().write(open.putArray("available"));
      ObjectNode covered = open.putObject("covered");
      session.covered().forEach((list, coverage) -> coverage.write(covered.putArray(list)));
    }
    try {
      replace(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Puts a text in the place of a file, or leaves the file as it is. */
  static void replace(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text, UTF_8);
    try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
