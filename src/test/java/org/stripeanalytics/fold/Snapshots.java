package org.stripeanalytics.fold;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.stripeanalytics.fold.changes.Change;
import org.stripeanalytics.fold.changes.CustomerSnapshot;
import org.stripeanalytics.fold.changes.InvoiceSnapshot;
import org.stripeanalytics.fold.changes.SubscriptionSnapshot;
import org.stripeanalytics.fold.terms.Catalog;
import org.stripeanalytics.fold.terms.DiscountTerms;
import org.stripeanalytics.model.raw.Address;
import org.stripeanalytics.model.raw.CancellationDetails;
import org.stripeanalytics.model.raw.InvoiceParent;
import org.stripeanalytics.model.raw.ItemPrice;
import org.stripeanalytics.model.raw.MetadataEntry;
import org.stripeanalytics.model.raw.PauseCollection;
import org.stripeanalytics.model.raw.Recurring;
import org.stripeanalytics.model.raw.StatusTransitions;
import org.stripeanalytics.model.raw.SubscriptionItem;

/** Builders with sensible defaults for what the fold reads. Times are UTC. */
public final class Snapshots {
  public static final Catalog CATALOG =
      Catalog.of(
          Map.of("prod_starter", "Starter", "prod_professional", "Professional", "prod_x", "Xtra"),
          Map.of(),
          Map.of("jpy", new BigDecimal("0.007"), "eur", new BigDecimal("1.1")),
          Map.of("US", "north_america", "DE", "europe", "JP", "asia_pacific"),
          Map.of());

  /** The catalog with some discounts. */
  public static Catalog catalogWith(DiscountTerms... terms) {
    ImmutableMap.Builder<String, DiscountTerms> discounts = ImmutableMap.builder();
    for (DiscountTerms discount : terms) {
      discounts.put(discount.id(), discount);
    }
    return Catalog.of(
        CATALOG.productNames(),
        discounts.buildOrThrow(),
        CATALOG.rates(),
        CATALOG.regions(),
        CATALOG.prices());
  }

  /** {@code 2024-03-01} or {@code 2024-03-01T10:15}. */
  public static Instant at(String time) {
    return Instant.parse(time.contains("T") ? time + ":00Z" : time + "T00:00:00Z");
  }

  public static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  public static Change customer(String id, String changed, String country) {
    return Change.of(aCustomer(id, changed).setAddress(address(country)).build());
  }

  /** From the US, found by search, created when it first changed. */
  public static CustomerSnapshot.Builder aCustomer(String id, String changed) {
    return CustomerSnapshot.builder()
        .setId(id)
        .setCreated(at(changed))
        .setName("Ada Lovelace")
        .setLivemode(true)
        .setEmail("ada@example.com")
        .setAddress(address("US"))
        .setMetadata(
            List.of(MetadataEntry.builder().setKey("channel").setValue("organic_search").build()))
        .setChangedAt(at(changed))
        .setSnapshotDate(at(changed).atZone(ZoneOffset.UTC).toLocalDate());
  }

  public static Address address(String country) {
    return Address.builder().setCountry(country).build();
  }

  public static SubscriptionBuilder aSubscription() {
    return new SubscriptionBuilder();
  }

  /** {@code $20} a month for a Starter. */
  public static SubscriptionItem starter() {
    return item("prod_starter", 20_00, "month");
  }

  /** {@code $50} a month for a Professional. */
  public static SubscriptionItem professional() {
    return item("prod_professional", 50_00, "month");
  }

  public static SubscriptionItem item(String product, long unitAmount, String interval) {
    return item(product, unitAmount, interval, 1, 1, "usd");
  }

  public static SubscriptionItem item(
      String product,
      long unitAmount,
      String interval,
      long intervalCount,
      long quantity,
      String currency) {
    ItemPrice price =
        ItemPrice.builder()
            .setId("price_" + product + unitAmount + interval)
            .setProduct(product)
            .setCurrency(currency)
            .setType("recurring")
            .setBillingScheme("per_unit")
            .setUnitAmount(unitAmount)
            .setRecurring(
                Recurring.builder()
                    .setInterval(interval)
                    .setIntervalCount(intervalCount)
                    .setUsageType("licensed")
                    .build())
            .build();
    return SubscriptionItem.builder()
        .setId("si_" + product)
        .setCreated(at("2024-01-01"))
        .setQuantity(quantity)
        .setCurrentPeriodStart(at("2024-01-01"))
        .setCurrentPeriodEnd(at("2024-02-01"))
        .setPrice(price)
        .build();
  }

  public static Change invoice(
      String subscription, String changed, String status, long attemptCount) {
    return Change.of(
        InvoiceSnapshot.builder()
            .setId("in_" + subscription)
            .setCustomer("cus_1")
            .setCreated(at(changed))
            .setStatus(status)
            .setAttemptCount(attemptCount)
            .setCollectionMethod("charge_automatically")
            .setCurrency("usd")
            .setSubtotal(20_00)
            .setTotal(20_00)
            .setAmountDue(20_00)
            .setAmountPaid(status.equals("paid") ? 20_00 : 0)
            .setAmountRemaining(status.equals("paid") ? 0 : 20_00)
            .setStatusTransitions(
                StatusTransitions.builder()
                    .setPaidAt(status.equals("paid") ? at(changed) : null)
                    .build())
            .setLivemode(true)
            .setParent(
                InvoiceParent.builder()
                    .setType("subscription_details")
                    .setSubscription(subscription)
                    .build())
            .setChangedAt(at(changed))
            .setSnapshotDate(at(changed).atZone(ZoneOffset.UTC).toLocalDate())
            .build());
  }

  /**
   * The versions of one subscription, in the order in which they are told: {@code
   * aSubscription().active("2024-01-10").canceled("2024-03-10")}. Of {@code cus_1} and for a
   * Starter unless said otherwise.
   */
  public static final class SubscriptionBuilder {
    private final java.util.ArrayList<Change> changes = new java.util.ArrayList<>();
    private SubscriptionSnapshot.Builder version =
        SubscriptionSnapshot.builder()
            .setId("sub_1")
            .setCustomer("cus_1")
            .setCurrency("usd")
            .setCancelAtPeriodEnd(false)
            .setLivemode(true)
            .setItems(List.of(starter()));
    private Instant start;

    public SubscriptionBuilder id(String id) {
      version.setId(id);
      return this;
    }

    public SubscriptionBuilder of(String customer) {
      version.setCustomer(customer);
      return this;
    }

    /** The items from the next version on. */
    public SubscriptionBuilder on(SubscriptionItem... items) {
      version.setItems(List.of(items));
      return this;
    }

    public SubscriptionBuilder in(String currency) {
      version.setCurrency(currency);
      return this;
    }

    /** The discounts from the next version on. */
    public SubscriptionBuilder discounted(String... discounts) {
      version.setDiscounts(List.of(discounts));
      return this;
    }

    public SubscriptionBuilder trialing(String from, String until) {
      version.setTrialStart(at(from)).setTrialEnd(at(until));
      return status("trialing", from);
    }

    public SubscriptionBuilder active(String from) {
      return status("active", from);
    }

    public SubscriptionBuilder pastDue(String from) {
      return status("past_due", from);
    }

    /** Cancellation requested, to take effect later. */
    public SubscriptionBuilder cancelsAt(String requested, String end) {
      version
          .setCancelAtPeriodEnd(true)
          .setCancelAt(at(end))
          .setCancellationDetails(
              CancellationDetails.builder().setReason("cancellation_requested").build());
      return status("active", requested);
    }

    /** The cancellation that was requested is taken back. */
    public SubscriptionBuilder staying(String from) {
      version.setCancelAtPeriodEnd(false).setCancelAt(null).setCancellationDetails(null);
      return status("active", from);
    }

    public SubscriptionBuilder pausedCollection(String from, String behavior) {
      version.setPauseCollection(PauseCollection.builder().setBehavior(behavior).build());
      return status("active", from);
    }

    public SubscriptionBuilder resumedCollection(String from) {
      version.setPauseCollection(null);
      return status("active", from);
    }

    public SubscriptionBuilder canceled(String ended, String reason) {
      version
          .setEndedAt(at(ended))
          .setCancellationDetails(
              reason == null ? null : CancellationDetails.builder().setReason(reason).build());
      return status("canceled", ended);
    }

    public SubscriptionBuilder canceled(String ended) {
      return canceled(ended, "cancellation_requested");
    }

    /** A version with this status from an instant on. */
    public SubscriptionBuilder status(String status, String from) {
      if (start == null) {
        start = at(from);
      }
      SubscriptionSnapshot built =
          version
              .setStatus(status)
              .setCreated(start)
              .setStartDate(start)
              .setChangedAt(at(from))
              .setSnapshotDate(at(from).atZone(ZoneOffset.UTC).toLocalDate())
              .build();
      changes.add(Change.of(built));
      version = built.toBuilder();
      return this;
    }

    public List<Change> changes() {
      return List.copyOf(changes);
    }

    public List<SubscriptionSnapshot> versions() {
      return changes.stream().map(Change::getSubscription).toList();
    }
  }

  private Snapshots() {}
}
