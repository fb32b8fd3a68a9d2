package org.stripeanalytics.report;

import java.time.LocalDate;
import org.stripeanalytics.warehouse.Warehouse;

/** A query for the rows behind a card, filled in as the page does for all customers. */
public final class FilledQuery {

  /** The query of a name, for the newest month of a warehouse. */
  public static String of(Warehouse warehouse, String name) {
    return of(warehouse, name, "TRUE");
  }

  /**
   * @param inView a condition on the segment columns
   */
  static String of(Warehouse warehouse, String name, String inView) {
    ReportFrame frame = ReportFrame.of(warehouse);
    LocalDate month = frame.lastMonth().orElseThrow();
    RowsBehind rows = RowsBehind.of(frame);
    return rows.queries()
        .get(name)
        .trim()
        .replace("{from_moment}", rows.monthStarts().get(month.toString()))
        .replace("{to_moment}", rows.monthStarts().get(month.plusMonths(1).toString()))
        .replace("{from}", date(month))
        .replace("{to}", date(month.plusMonths(1)))
        .replace("{month_before}", date(month.minusMonths(1)))
        .replace("{eleven_months_before}", date(month.minusMonths(11)))
        .replace("{year_before}", date(month.minusYears(1)))
        .replace("{in_view}", inView)
        .replace("{of_segment}", "segment = 'all' AND segment_value = 'all'")
        .replace(
            "{of_customers}",
            inView.equals("TRUE")
                ? inView
                : "customer_id IN (SELECT customer_id FROM intermediate.customer_milestones WHERE "
                    + inView
                    + ")");
  }

  private static String date(LocalDate day) {
    return "DATE '" + day + "'";
  }

  private FilledQuery() {}
}
