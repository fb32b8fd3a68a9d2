package org.stripeanalytics.intermediate;

import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.intermediate.InvoiceSettlement;

/** {@code intermediate.invoice_settlements}: the settlements that the interval changed. */
public final class ComputeInvoiceSettlements {

  public static RowsOfTimelines<InvoiceSettlement> create() {
    return RowsOfTimelines.of(Tables.INVOICE_SETTLEMENTS, timeline -> timeline.getSettlements());
  }

  private ComputeInvoiceSettlements() {}
}
