package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stripeanalytics.fold.changes.ChangeLog;
import org.stripeanalytics.fold.changes.InvoicePaymentSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.Version;
import org.stripeanalytics.fold.state.CustomerState;
import org.stripeanalytics.fold.state.InvoiceState;
import org.stripeanalytics.fold.terms.Days;
import org.stripeanalytics.fold.terms.ReportingFrame;
import org.stripeanalytics.fold.timeline.LateChange;

/**
 * What an interval brings that takes effect before it: objects from before it that no earlier run
 * has seen, and versions that reach back. They are counted and named, because what earlier runs
 * have published of those days does not know them.
 */
final class LateChanges {
  private final Instant from;
  private final ZoneId zone;
  private final TreeMap<String, LateChange> late = new TreeMap<>();

  LateChanges(Instant from, ZoneId zone) {
    this.from = from;
    this.zone = zone;
  }

  static ImmutableList<LateChange> of(
      CustomerState state,
      ChangeLog changes,
      List<SubscriptionFold.Folded> subscriptions,
      AftermathFold aftermath,
      Instant from,
      ReportingFrame frame) {
    LateChanges late = new LateChanges(from, frame.zone());
    if (state.getCustomer() == null) {
      late.add("raw.customers", changes.customers(), Set.of());
    }
    Set<String> invoices = new TreeSet<>(changes.origins().keySet());
    state.getInvoices().forEach(invoice -> invoices.add(invoice.getVersion().getId()));
    late.add("raw.invoices", changes.invoices(), invoices);
    late.add("raw.charges", changes.charges(), changes.origins().keySet());
    late.addLinks(state.getInvoices(), changes.invoicePayments());
    Set<String> seen = new TreeSet<>();
    changes.refunds().stream().map(Version::getId).filter(aftermath::wasSeen).forEach(seen::add);
    changes.disputes().stream().map(Version::getId).filter(aftermath::wasSeen).forEach(seen::add);
    late.add("raw.refunds", changes.refunds(), seen);
    late.add("raw.disputes", changes.disputes(), seen);
    if (state.getFirst() == null && !changes.subscriptions().isEmpty()) {
      // What was billed before the first subscription was counted under no plan.
      for (InvoiceState invoice : state.getInvoices()) {
        InvoiceSnapshot version = invoice.getVersion();
        late.add("raw.invoices", version.getId(), Days.of(version.getCreated(), frame.zone()));
      }
    }
    for (SubscriptionFold.Folded subscription : subscriptions) {
      subscription
          .reachesBackTo(from, frame)
          .ifPresent(day -> late.add("raw.subscriptions", subscription.id(), day));
    }
    return ImmutableList.copyOf(late.late.values());
  }

  private void add(String table, List<? extends Version> versions, Set<String> known) {
    for (Version version : versions) {
      if (version.getCreated().isBefore(from) && !known.contains(version.getId())) {
        add(table, version.getId(), Days.of(version.getCreated(), zone));
      }
    }
  }

  /**
   * A payment of an earlier invoice that nothing linked to it: the charges it names have passed.
   */
  private void addLinks(List<InvoiceState> invoices, List<InvoicePaymentSnapshot> payments) {
    for (InvoiceState invoice : invoices) {
      for (InvoicePaymentSnapshot payment : payments) {
        if (payment.getInvoice().equals(invoice.getVersion().getId())
            && payment.getCreated().isBefore(from)
            && !invoice.getPayments().contains(payment.getPayment())) {
          add("raw.invoice_payments", payment.getId(), Days.of(payment.getCreated(), zone));
        }
      }
    }
  }

  private void add(String table, String id, LocalDate effectiveOn) {
    late.put(
        table + id,
        LateChange.builder().setTable(table).setId(id).setEffectiveOn(effectiveOn).build());
  }
}
