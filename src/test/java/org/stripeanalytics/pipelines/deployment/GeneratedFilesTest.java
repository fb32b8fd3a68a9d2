package org.stripeanalytics.pipelines.deployment;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is checked in under templates/ is what the options, manifests and environments give. */
class GeneratedFilesTest {
  static Set<String> paths() {
    return GeneratedFiles.all().keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("paths")
  void aGeneratedFileIsUpToDate(String path) throws IOException {
    assertThat(
        "stale; run scripts/generate",
        Files.readString(Path.of(path)),
        is(GeneratedFiles.all().get(path)));
  }

  @Test
  void nothingIsLeftOfWhatIsNoLongerGenerated() throws IOException {
    Set<String> folders = new HashSet<>(foldersIn("templates"));
    folders.addAll(foldersIn("templates/orchestration"));
    folders.addAll(foldersIn("templates/kubernetes"));
    Set<String> expected =
        paths().stream().map(path -> Path.of(path).getParent().toString()).collect(toSet());
    expected.add("templates/orchestration");
    expected.add("templates/kubernetes");
    assertThat(folders, is(expected));
  }

  private static Set<String> foldersIn(String directory) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files.filter(Files::isDirectory).map(Path::toString).collect(toSet());
    }
  }

  @Test
  void writingAgainWritesNothing(@TempDir Path root) throws IOException {
    assertThat(Set.copyOf(GeneratedFiles.write(root)), is(paths()));
    assertThat(GeneratedFiles.write(root).isEmpty(), is(true));
  }
}
