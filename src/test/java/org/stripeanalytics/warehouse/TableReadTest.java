package org.stripeanalytics.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.ops.RejectedRecord;

class TableReadTest {
  private static final DataInterval FEBRUARY =
      DataInterval.of(LocalDate.of(2024, 2, 1), LocalDate.of(2024, 3, 1));

  private final TableRead<MrrMovement> movements = TableRead.of(Tables.FCT_MRR_MOVEMENTS);

  @Test
  void allRowsAreReadUnlessDaysAreNamed() {
    assertThat(movements.condition(), is(Optional.empty()));
    assertThat(movements.part(), is(Optional.empty()));
  }

  @Test
  void everyConditionOnDaysHasToHold() {
    TableRead<MrrMovement> some =
        movements.during(FEBRUARY).before("day", LocalDate.of(2024, 2, 15));

    assertThat(
        some.condition(),
        is(
            Optional.of(
                "day >= DATE '2024-02-01' AND day < DATE '2024-03-01' AND day < DATE '2024-02-15'")));
    assertThat(
        some.part(),
        is(Optional.of("day 2024-02-01 to 2024-03-01 (not included), day before 2024-02-15")));
  }

  @Test
  void aColumnThatIsMisspeltOrHoldsNoDatesIsRefusedWhileTheGraphIsBuilt() {
    for (String column : new String[] {"dya", "customer_key"}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> movements.outside(column, FEBRUARY));

      assertThat(refused.getMessage(), containsString("fct_mrr_movements has no column " + column));
    }
  }

  @Test
  void theRowsOfOneRunCanBeReadAlone() {
    TableRead<RejectedRecord> rejected =
        TableRead.of(Tables.REJECTED_RECORDS).ofRun("nightly-20260131");

    assertThat(rejected.condition(), is(Optional.of("run_id = 'nightly-20260131'")));
    assertThat(rejected.part(), is(Optional.of("run_id nightly-20260131")));
    assertThrows(
        IllegalArgumentException.class,
        () -> TableRead.of(Tables.REJECTED_RECORDS).ofRun("x' OR 'a' = 'a"));
    assertThrows(IllegalArgumentException.class, () -> movements.ofRun("nightly-20260131"));
  }

  @Test
  void aTableWithoutPartitionsCannotBeReadByThem() {
    assertThrows(
        IllegalArgumentException.class, () -> TableRead.of(Tables.OBJECT_OWNERS).during(FEBRUARY));
  }
}
