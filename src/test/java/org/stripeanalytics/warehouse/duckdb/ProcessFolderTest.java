package org.stripeanalytics.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a process is left in a folder when it has been killed, and for how long. */
class ProcessFolderTest {
  @TempDir private Path parent;

  @Test
  void theFolderOfAKilledProcessIsRemovedAndThatOfALivingOneIsNot() throws Exception {
    Process killed = OtherProcess.unpacking(parent);
    Process living = OtherProcess.unpacking(parent);
    try (ProcessFolder own = ProcessFolder.create(parent, "ours-")) {
      Files.writeString(own.path().resolve("library.so"), "mine");
      Files.createDirectory(parent.resolve("ours-without-a-mark"));
      assertThat(libraries(), is(3L));

      killed.destroyForcibly().waitFor();
      ProcessFolder.removeDead(parent, "ours-");
      assertThat(libraries(), is(2L));
    } finally {
      killed.destroyForcibly();
      living.destroyForcibly().waitFor();
    }

    ProcessFolder.removeDead(parent, "ours-");
    assertThat(namesLeft(), is(List.of("ours-without-a-mark")));
  }

  private long libraries() throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      return all.filter(path -> path.endsWith("library.so")).count();
    }
  }

  private List<String> namesLeft() throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(left -> left.getFileName().toString()).toList();
    }
  }
}
