package org.stripeanalytics.staging;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.raw.DiscountAmount;
import org.stripeanalytics.model.raw.Invoice;
import org.stripeanalytics.model.raw.InvoiceItemDetails;
import org.stripeanalytics.model.raw.InvoiceLine;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.LineParent;
import org.stripeanalytics.model.raw.LinePricing;
import org.stripeanalytics.model.raw.SubscriptionItemDetails;
import org.stripeanalytics.model.staging.StagedInvoiceLineItem;

/**
 * {@code staging.stg_invoice_line_items}: the lines of invoices as rows of their own. Keeps windows
 * and timestamps.
 */
public final class FlattenInvoiceLines
    extends PTransform<PCollection<Invoice>, PCollection<StagedInvoiceLineItem>> {

  private FlattenInvoiceLines() {}

  public static FlattenInvoiceLines create() {
    return new FlattenInvoiceLines();
  }

  @Override
  public PCollection<StagedInvoiceLineItem> expand(PCollection<Invoice> invoices) {
    return invoices
        .apply(
            "TakeLines",
            FlatMapElements.into(TypeDescriptor.of(StagedInvoiceLineItem.class))
                .via(FlattenInvoiceLines::rows))
        .setCoder(Tables.STG_INVOICE_LINE_ITEMS.coder());
  }

  static List<StagedInvoiceLineItem> rows(Invoice invoice) {
    ImmutableList.Builder<StagedInvoiceLineItem> rows = ImmutableList.builder();
    int position = 1;
    for (InvoiceLine line : invoice.getLines()) {
      Optional<SubscriptionItemDetails> item =
          Optional.ofNullable(line.getParent()).map(LineParent::getSubscriptionItemDetails);
      Optional<InvoiceItemDetails> other =
          Optional.ofNullable(line.getParent()).map(LineParent::getInvoiceItemDetails);
      Optional<LinePricing> pricing = Optional.ofNullable(line.getPricing());
      rows.add(
          StagedInvoiceLineItem.builder()
              .setLineId(line.getId())
              .setInvoiceId(invoice.getId())
              .setCustomerId(invoice.getCustomer())
              .setPosition(position++)
              .setAmount(line.getAmount())
              .setCurrency(line.getCurrency())
              .setDescription(line.getDescription())
              .setQuantity(line.getQuantity())
              .setPeriodStart(line.getPeriod().getStart())
              .setPeriodEnd(line.getPeriod().getEnd())
              .setSubscriptionId(
                  item.map(SubscriptionItemDetails::getSubscription)
                      .or(() -> other.map(InvoiceItemDetails::getSubscription))
                      .or(
                          () ->
                              Optional.ofNullable(invoice.getParent())
                                  .map(InvoiceParent::getSubscription))
                      .orElse(null))
              .setSubscriptionItemId(
                  item.map(SubscriptionItemDetails::getSubscriptionItem).orElse(null))
              .setIsProration(
                  item.map(SubscriptionItemDetails::getProration)
                      .or(() -> other.map(InvoiceItemDetails::getProration))
                      .orElse(false))
              .setPriceId(pricing.map(LinePricing::getPrice).orElse(null))
              .setProductId(pricing.map(LinePricing::getProduct).orElse(null))
              .setDiscountAmount(
                  line.getDiscountAmounts().stream().mapToLong(DiscountAmount::getAmount).sum())
              .setSnapshotDate(invoice.getSnapshotDate())
              .build());
    }
    return rows.build();
  }
}
