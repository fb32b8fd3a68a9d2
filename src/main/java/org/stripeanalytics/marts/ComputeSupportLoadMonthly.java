package org.stripeanalytics.marts;

import static org.stripeanalytics.contract.Tables.SUPPORT_LOAD_MONTHLY;
import static org.stripeanalytics.marts.SupportMeasure.ANSWERED;
import static org.stripeanalytics.marts.SupportMeasure.BAD;
import static org.stripeanalytics.marts.SupportMeasure.CUSTOMERS;
import static org.stripeanalytics.marts.SupportMeasure.LOST_WITHOUT_BAD;
import static org.stripeanalytics.marts.SupportMeasure.LOST_WITH_BAD;
import static org.stripeanalytics.marts.SupportMeasure.TICKETS;
import static org.stripeanalytics.marts.SupportMeasure.UNRESOLVED;
import static org.stripeanalytics.marts.SupportMeasure.WITHOUT_BAD;
import static org.stripeanalytics.marts.SupportMeasure.WITH_BAD;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.Ratio;
import org.stripeanalytics.model.marts.SupportLoadMonthly;
import org.stripeanalytics.relations.CustomerRelations;
import org.stripeanalytics.relations.Dealing;
import org.stripeanalytics.relations.MrrStep;

/**
 * {@code marts.support_load_monthly}: one row per month and segment value, from its first ticket to
 * the last month that has ended. Tickets are counted in the month in which they were asked, of
 * every source together. A first response is the time from then to the first answer in whole
 * minutes, as the source's own column has it, nights and weekends included; what is not answered is
 * in none.
 *
 * <p>A ticket is bad if it was rated badly, or answered later than a number of hours. Customers
 * with one are compared with those without: of the first it is counted who fell to no MRR within 90
 * days after the first bad ticket of the month, of the others who did within 90 days after the
 * start of the month. Both had MRR the day before, and both are unknown until the last of these
 * days is over. The comparison shows no cause: who is about to leave may ask more. Definitions:
 * {@code schemas/marts/support_load_monthly.json}.
 */
public final class ComputeSupportLoadMonthly
    extends PTransform<
        PCollection<CustomerRelations>, PCollection<KV<RowGroup, Sums<SupportMeasure>>>> {
  private static final int DAYS_AFTER = 90;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int MEDIAN = 50;
  private static final int P90 = 90;

  private final LocalDate asOf;
  private final ZoneId zone;
  private final int slowHours;

  private ComputeSupportLoadMonthly(LocalDate asOf, ZoneId zone, int slowHours) {
    this.asOf = asOf;
    this.zone = zone;
    this.slowHours = slowHours;
  }

  /**
   * @param asOf the day whose start is the present
   * @param slowHours after which a first response is bad
   */
  public static ComputeSupportLoadMonthly of(LocalDate asOf, ZoneId zone, int slowHours) {
    return new ComputeSupportLoadMonthly(asOf, zone, slowHours);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<SupportMeasure>>> expand(
      PCollection<CustomerRelations> customers) {
    LocalDate present = asOf;
    long slow = (long) slowHours * MINUTES_PER_HOUR;
    return customers.apply(
        "MeasureSupport",
        MeasureFacts.bySegment(
            SupportMeasure.class,
            zone,
            (customer, count) -> measure(customer, slow, present, count)));
  }

  private static void measure(
      CustomerRelations customer,
      long slow,
      LocalDate asOf,
      BiConsumer<LocalDate, Sums<SupportMeasure>> count) {
    Set<LocalDate> badMonths = new HashSet<>();
    for (Dealing ticket : customer.getTickets()) {
      LocalDate day = ticket.getDay();
      boolean bad = ticket.isBad(slow);
      count.accept(day, ticket(ticket, bad, customer.isResolved()));
      if (bad
          && customer.arrAtEndOf(day.minusDays(1)) > 0
          && badMonths.add(Grain.MONTH.containing(day))) {
        count.accept(day, exposed(WITH_BAD, LOST_WITH_BAD, customer, day));
      }
    }
    if (customer.getSteps().isEmpty()) {
      return;
    }
    long before = 0;
    for (MrrStep step : customer.getSteps()) {
      count.accept(step.getDay(), Sums.of(CUSTOMERS, sign(step.getArr()) - sign(before)));
      before = step.getArr();
    }
    LocalDate first = Grain.MONTH.containing(customer.getSteps().get(0).getDay());
    for (LocalDate month = first; month.isBefore(asOf); month = Grain.MONTH.next(month)) {
      if (customer.arrAtEndOf(month.minusDays(1)) > 0 && !badMonths.contains(month)) {
        count.accept(month, exposed(WITHOUT_BAD, LOST_WITHOUT_BAD, customer, month));
      }
    }
  }

  private static Sums<SupportMeasure> ticket(Dealing ticket, boolean bad, boolean resolved) {
    Sums<SupportMeasure> sums =
        Sums.of(TICKETS, 1).with(UNRESOLVED, resolved ? 0 : 1).with(BAD, bad ? 1 : 0);
    return ticket.getFirstResponseMinutes() == null
        ? sums
        : sums.with(ANSWERED, 1).counting(String.valueOf(ticket.getFirstResponseMinutes()));
  }

  private static Sums<SupportMeasure> exposed(
      SupportMeasure all, SupportMeasure lost, CustomerRelations customer, LocalDate from) {
    return Sums.of(all, 1).with(lost, customer.isLostWithin(DAYS_AFTER, from) ? 1 : 0);
  }

  private static long sign(long arr) {
    return arr > 0 ? 1 : 0;
  }

  /** How its rows follow from the sums. */
  public Mart<SupportMeasure, SupportLoadMonthly> mart() {
    LocalDate present = asOf;
    return new Mart<>(
        SUPPORT_LOAD_MONTHLY,
        Grain.MONTH,
        SupportMeasure.class,
        TICKETS,
        DataInterval.of(LocalDate.EPOCH, asOf),
        month -> row(month, present));
  }

  private static SupportLoadMonthly row(RolledPeriod<SupportMeasure> month, LocalDate asOf) {
    Sums<SupportMeasure> in = month.moved();
    long customers = month.closing().get(CUSTOMERS);
    SupportLoadMonthly.Builder row =
        SupportLoadMonthly.builder()
            .setMonth(month.period())
            .setSegment(month.key().getSegment())
            .setSegmentValue(month.key().getSegmentValue())
            .setTickets(in.get(TICKETS))
            .setTicketsUnresolved(in.get(UNRESOLVED))
            .setTicketsAnswered(in.get(ANSWERED))
            .setTicketsBad(in.get(BAD))
            .setFirstResponseMinutesMedian(Percentiles.of(in.counts(), MEDIAN))
            .setFirstResponseMinutesP90(Percentiles.of(in.counts(), P90))
            .setCustomersEnd(customers)
            .setTicketsPerCustomer(Ratio.orNull(in.get(TICKETS), customers))
            .setCustomersWithBadTicket(in.get(WITH_BAD))
            .setCustomersWithoutBadTicket(in.get(WITHOUT_BAD));
    boolean isOver = !asOf.isBefore(Grain.MONTH.next(month.period()).plusDays(DAYS_AFTER));
    if (isOver) {
      row.setChurnedWithBadTicket(in.get(LOST_WITH_BAD))
          .setChurnRateWithBadTicket(Ratio.orNull(in.get(LOST_WITH_BAD), in.get(WITH_BAD)))
          .setChurnedWithoutBadTicket(in.get(LOST_WITHOUT_BAD))
          .setChurnRateWithoutBadTicket(
              Ratio.orNull(in.get(LOST_WITHOUT_BAD), in.get(WITHOUT_BAD)));
    }
    return row.build();
  }
}
