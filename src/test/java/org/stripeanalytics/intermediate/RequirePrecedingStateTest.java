package org.stripeanalytics.intermediate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stripeanalytics.fold.Snapshots.day;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.FoldedMonth;

class RequirePrecedingStateTest {

  @Test
  void monthsThatWereNeverFoldedAreNamed() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> check("2024-09-01", Optional.of(day("2024-02-10")), "2024-04-01", "2024-05-01"));
    assertThat(
        refused.getMessage(),
        is(
            "there is no state to go on from: the months from 2024-06-01 to 2024-08-01 were never"
                + " transformed; run transform --from=2024-06-01"));
  }

  @Test
  void withoutAnyFoldedMonthTheGapBeginsWithHistory() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> check("2024-04-01", Optional.of(day("2024-02-10"))));
    assertThat(refused.getMessage().endsWith("--from=2024-02-01"), is(true));
  }

  @Test
  void theMonthAfterTheLastFoldedOneMayBegin() {
    assertDoesNotThrow(() -> check("2024-06-01", Optional.of(day("2024-02-10")), "2024-05-01"));
  }

  @Test
  void whatBeginsWithHistoryNeedsNoState() {
    assertDoesNotThrow(() -> check("2024-06-01", Optional.empty()));
  }

  @Test
  void whoFoldsAnEarlierMonthAgainIsToldThatLaterOnesStayAsTheyWere() {
    DataInterval february = DataInterval.of(day("2024-02-01"), day("2024-03-01"));

    assertThat(
        RequirePrecedingState.warning(february, months("2024-04-01", "2024-02-01", "2024-03-01")),
        is(
            Optional.of(
                "the months from 2024-03-01 to 2024-04-01 were transformed before, and still say"
                    + " what they said then; if something has changed for them, run transform"
                    + " --from=2024-02-01 --to=2024-05-01")));
    assertThat(
        RequirePrecedingState.warning(february, months("2024-01-01", "2024-02-01")),
        is(Optional.empty()));
  }

  private static void check(String from, Optional<LocalDate> firstDay, String... folded) {
    RequirePrecedingState.check(day(from), months(folded), firstDay);
  }

  private static List<FoldedMonth> months(String... months) {
    return Stream.of(months)
        .map(month -> FoldedMonth.builder().setMonth(day(month)).build())
        .toList();
  }
}
