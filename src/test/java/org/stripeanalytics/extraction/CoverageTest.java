package org.stripeanalytics.extraction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.base.Splitter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
  @ParameterizedTest
  @CsvSource({
    // added,        spans,        gaps of 0-10
    "'',             '',           0-10",
    "0-10,           0-10,         ''",
    "2-4,            2-4,          0-2 4-10",
    "2-4 4-6,        2-6,          0-2 6-10",
    "4-6 2-4,        2-6,          0-2 6-10",
    "2-5 3-7,        2-7,          0-2 7-10",
    "2-3 5-6 1-8,    1-8,          0-1 8-10",
    "1-8 2-3,        1-8,          0-1 8-10",
    "8-12,           8-12,         0-8",
    "3-3,            '',           0-10",
    "2-4 6-8 4-6,    2-8,          0-2 8-10",
  })
  void spansAreJoinedAndWhatIsMissingIsFound(String added, String spans, String gaps) {
    Coverage coverage = new Coverage();
    for (String span : Splitter.on(' ').omitEmptyStrings().split(added)) {
      List<String> ends = Splitter.on('-').splitToList(span);
      coverage.add(Long.parseLong(ends.get(0)), Long.parseLong(ends.get(1)));
    }

    assertThat(told(coverage.spans()), is(spans));
    assertThat(told(coverage.gaps(0, 10)), is(gaps));
  }

  private static String told(List<long[]> spans) {
    return String.join(
        " ",
        spans.stream()
            .map(span -> Arrays.stream(span).boxed().toList())
            .map(CoverageTest::text)
            .toList());
  }

  private static String text(List<Long> span) {
    return span.get(0) + "-" + span.get(1);
  }
}
