package org.stripeanalytics.contract.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the build runs before it compiles: writes the sources that {@link RowClasses} makes. */
public final class WriteRowClasses {
  private WriteRowClasses() {}

  /**
   * @param args the folder of the contracts, and the folder for the sources
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  /** Leaves files that would not change as they are, so that nothing is compiled in vain. */
  static void write(Path schemas, Path sources) throws IOException {
    Set<Path> written = new HashSet<>();
    for (Map.Entry<String, String> source : RowClasses.from(schemas).entrySet()) {
      Path file = sources.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.writeString(file, source.getValue());
      }
      written.add(file);
    }
    for (Path file : javaFiles(sources)) {
      if (!written.contains(file)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
