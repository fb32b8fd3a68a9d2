package org.stripeanalytics.pipelines.local;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A situation from somebody's account, from {@code cases/NAME.yaml}. What Stripe delivered is
 * beside it: in {@code cases/NAME.ndjson}, or in {@code cases/NAME.1.ndjson} and so on if it came
 * in several deliveries.
 *
 * @param story what is special about the account, and where such accounts were reported
 * @param ingest options of {@code ingest} besides the input; none by default
 * @param transform options of {@code transform}; null where the raw tables are all that matters
 * @param steps the deliveries, each with what was run on it; null where there is only one, whose
 *     options are above
 * @param warnings parts of lines that the log must have
 * @param expected the answers of the warehouse after the last step
 */
record RealAccountCase(
    @JsonProperty(required = true) String story,
    @Nullable List<String> ingest,
    @Nullable List<String> transform,
    @Nullable List<Step> steps,
    @Nullable List<String> warnings,
    @JsonProperty(required = true) List<Answer> expected) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  RealAccountCase {
    checkArgument(
        steps == null || (ingest == null && transform == null),
        "a case with steps has its options in them");
    steps =
        steps == null ? ImmutableList.of(new Step(ingest, transform)) : ImmutableList.copyOf(steps);
    warnings = warnings == null ? ImmutableList.of() : ImmutableList.copyOf(warnings);
    expected = ImmutableList.copyOf(expected);
  }

  /**
   * A delivery and the runs on it.
   *
   * @param ingest options of {@code ingest} besides the input; none by default
   * @param transform options of {@code transform}; null where none is run
   */
  record Step(@Nullable List<String> ingest, @Nullable List<String> transform) {
    Step {
      ingest = ingest == null ? ImmutableList.of() : ImmutableList.copyOf(ingest);
    }
  }

  /**
   * A query and its rows, each a line of cells with a blank between them. A null is {@code null},
   * and a number has no zeros at its end.
   */
  record Answer(
      @JsonProperty(required = true) String sql, @JsonProperty(required = true) List<String> rows) {
    Answer {
      sql = sql.strip();
      rows = ImmutableList.copyOf(rows);
    }
  }

  static RealAccountCase read(Path yaml) {
    try {
      return YAML.readValue(Files.newBufferedReader(yaml), RealAccountCase.class);
    } catch (IOException e) {
      throw new UncheckedIOException(yaml + " is not a case", e);
    }
  }

  /** What was delivered in a step, counted from one. */
  static Path input(Path yaml, int step, int ofSteps) {
    String name = MoreFiles.getNameWithoutExtension(yaml);
    return yaml.resolveSibling(name + (ofSteps == 1 ? "" : "." + step) + ".ndjson");
  }

  /** The files of all cases, by name. */
  static ImmutableList<Path> files() {
    try (Stream<Path> files = Files.list(Path.of(Resources.getResource("cases").toURI()))) {
      return files
          .filter(file -> MoreFiles.getFileExtension(file).equals("yaml"))
          .sorted()
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
