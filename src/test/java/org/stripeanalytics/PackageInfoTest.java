package org.stripeanalytics;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageInfoTest {
  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    assertThat(foldersWith("package-info.java"), is(foldersWith("")));
  }

  /** The folders of the main sources that hold a Java file whose name ends so. */
  private static TreeSet<Path> foldersWith(String fileName) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().endsWith(fileName))
          .map(Path::getParent)
          .collect(toCollection(TreeSet::new));
    }
  }
}
