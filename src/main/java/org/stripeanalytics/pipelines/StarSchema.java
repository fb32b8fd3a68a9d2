package org.stripeanalytics.pipelines;

import static org.stripeanalytics.contract.Tables.CUSTOMER_MILESTONES;
import static org.stripeanalytics.contract.Tables.CUSTOMER_STATE;
import static org.stripeanalytics.contract.Tables.DIM_CHANNEL;
import static org.stripeanalytics.contract.Tables.DIM_CUSTOMER;
import static org.stripeanalytics.contract.Tables.DIM_DATE;
import static org.stripeanalytics.contract.Tables.DIM_GEOGRAPHY;
import static org.stripeanalytics.contract.Tables.DIM_PRICE;
import static org.stripeanalytics.contract.Tables.DIM_PRODUCT;
import static org.stripeanalytics.contract.Tables.DIM_SUBSCRIPTION;
import static org.stripeanalytics.contract.Tables.FCT_BALANCE_TRANSACTIONS;
import static org.stripeanalytics.contract.Tables.FCT_CUSTOMER_MONTHS;
import static org.stripeanalytics.contract.Tables.FCT_DISPUTES;
import static org.stripeanalytics.contract.Tables.FCT_INVOICES;
import static org.stripeanalytics.contract.Tables.FCT_MARKETING_SPEND;
import static org.stripeanalytics.contract.Tables.FCT_MRR_MOVEMENTS;
import static org.stripeanalytics.contract.Tables.FCT_PAYMENTS;
import static org.stripeanalytics.contract.Tables.FCT_REFUNDS;
import static org.stripeanalytics.contract.Tables.FCT_SUBSCRIPTION_EVENTS;
import static org.stripeanalytics.contract.Tables.FOLDED_MONTHS;
import static org.stripeanalytics.contract.Tables.HOLIDAYS;
import static org.stripeanalytics.contract.Tables.INVOICE_SETTLEMENTS;
import static org.stripeanalytics.contract.Tables.MARKETING_SPEND;
import static org.stripeanalytics.contract.Tables.OBJECT_OWNERS;
import static org.stripeanalytics.contract.Tables.PRICES;
import static org.stripeanalytics.contract.Tables.PRODUCTS;
import static org.stripeanalytics.contract.Tables.SUBSCRIPTION_SPELLS;

import com.google.common.base.CaseFormat;
import java.time.ZoneId;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.contract.WarehouseTable;
import org.stripeanalytics.dimensions.ComputeDimChannel;
import org.stripeanalytics.dimensions.ComputeDimCustomer;
import org.stripeanalytics.dimensions.ComputeDimDate;
import org.stripeanalytics.dimensions.ComputeDimGeography;
import org.stripeanalytics.dimensions.ComputeDimPrice;
import org.stripeanalytics.dimensions.ComputeDimProduct;
import org.stripeanalytics.dimensions.ComputeDimSubscription;
import org.stripeanalytics.facts.ComputeBalanceTransactions;
import org.stripeanalytics.facts.ComputeCustomerMonths;
import org.stripeanalytics.facts.ComputeDisputes;
import org.stripeanalytics.facts.ComputeInvoices;
import org.stripeanalytics.facts.ComputeMarketingSpend;
import org.stripeanalytics.facts.ComputeMrrMovements;
import org.stripeanalytics.facts.ComputePayments;
import org.stripeanalytics.facts.ComputeRefunds;
import org.stripeanalytics.facts.ComputeSubscriptionEvents;
import org.stripeanalytics.facts.LedgerVersion;
import org.stripeanalytics.intermediate.Catalog;
import org.stripeanalytics.intermediate.ComputeCustomerMilestones;
import org.stripeanalytics.intermediate.ComputeCustomerState;
import org.stripeanalytics.intermediate.ComputeFoldedMonths;
import org.stripeanalytics.intermediate.ComputeInvoiceSettlements;
import org.stripeanalytics.intermediate.ComputeObjectOwners;
import org.stripeanalytics.intermediate.ComputeSubscriptionSpells;
import org.stripeanalytics.intermediate.CustomerTimeline;
import org.stripeanalytics.intermediate.MetricPolicies;
import org.stripeanalytics.intermediate.ReportLateChanges;
import org.stripeanalytics.intermediate.RequirePrecedingState;
import org.stripeanalytics.model.DataInterval;
import org.stripeanalytics.model.intermediate.ObjectOwner;
import org.stripeanalytics.model.raw.MarketingSpend;
import org.stripeanalytics.model.seeds.Geography;
import org.stripeanalytics.staging.LatestVersions;
import org.stripeanalytics.staging.ReadLatest;
import org.stripeanalytics.warehouse.Publication;
import org.stripeanalytics.warehouse.SeedFile;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/** The tables between {@code raw} and the marts: each one's transform, and its load. */
final class StarSchema {
  private final Warehouse warehouse;
  private final DataInterval interval;
  private final MetricPolicies policies;
  private final ZoneId zone;
  private final Publication publication;

  /**
   * @param interval the days that are folded, from the first of a month
   */
  StarSchema(
      Warehouse warehouse,
      DataInterval interval,
      MetricPolicies policies,
      Publication publication) {
    this.warehouse = warehouse;
    this.interval = interval;
    this.policies = policies;
    this.zone = policies.reportingZone();
    this.publication = publication;
  }

  void loadIntermediate(PCollection<CustomerTimeline> timelines) {
    load(
        FOLDED_MONTHS,
        timelines
            .getPipeline()
            .apply("RequirePrecedingState", RequirePrecedingState.of(warehouse, interval))
            .apply("ComputeFoldedMonths", ComputeFoldedMonths.of(interval)));
    timelines.apply("ReportLateChanges", ReportLateChanges.of(interval));
    load(
        SUBSCRIPTION_SPELLS,
        timelines.apply("ComputeSubscriptionSpells", ComputeSubscriptionSpells.create()));
    load(
        INVOICE_SETTLEMENTS,
        timelines.apply("ComputeInvoiceSettlements", ComputeInvoiceSettlements.create()));
    load(CUSTOMER_STATE, timelines.apply("ComputeCustomerState", ComputeCustomerState.create()));
    load(
        CUSTOMER_MILESTONES,
        timelines.apply("ComputeCustomerMilestones", ComputeCustomerMilestones.create()));
  }

  void loadDimensions(
      PCollection<CustomerTimeline> timelines,
      PCollection<Geography> countries,
      PCollectionView<Catalog> catalog,
      int fiscalYearStart) {
    Pipeline pipeline = timelines.getPipeline();
    load(
        DIM_DATE,
        pipeline.apply(
            "ComputeDimDate", ComputeDimDate.of(fiscalYearStart, SeedFile.of(HOLIDAYS).rows())));
    load(DIM_GEOGRAPHY, countries.apply("ComputeDimGeography", ComputeDimGeography.create()));
    load(
        DIM_PRODUCT,
        pipeline
            .apply("ReadLatestProducts", ReadLatest.of(warehouse, PRODUCTS, interval.to()))
            .apply("ComputeDimProduct", ComputeDimProduct.create()));
    load(
        DIM_PRICE,
        pipeline
            .apply("ReadLatestPrices", ReadLatest.of(warehouse, PRICES, interval.to()))
            .apply("ComputeDimPrice", ComputeDimPrice.of(catalog)));
    load(DIM_CUSTOMER, timelines.apply("ComputeDimCustomer", ComputeDimCustomer.of(policies)));
    load(
        DIM_SUBSCRIPTION,
        timelines.apply("ComputeDimSubscription", ComputeDimSubscription.create()));
  }

  void loadFacts(
      PCollection<CustomerTimeline> timelines,
      PCollection<ObjectOwner> storedOwners,
      PCollectionView<Catalog> catalog) {
    Pipeline pipeline = timelines.getPipeline();
    load(
        FCT_MRR_MOVEMENTS,
        timelines.apply("ComputeMrrMovements", ComputeMrrMovements.of(policies)));
    load(
        FCT_SUBSCRIPTION_EVENTS,
        timelines.apply("ComputeSubscriptionEvents", ComputeSubscriptionEvents.in(zone)));
    load(
        FCT_CUSTOMER_MONTHS,
        timelines.apply("ComputeCustomerMonths", ComputeCustomerMonths.in(zone)));
    load(FCT_INVOICES, timelines.apply("ComputeInvoices", ComputeInvoices.in(zone)));
    load(FCT_PAYMENTS, timelines.apply("ComputePayments", ComputePayments.in(zone)));
    load(FCT_REFUNDS, timelines.apply("ComputeRefunds", ComputeRefunds.in(zone)));
    load(FCT_DISPUTES, timelines.apply("ComputeDisputes", ComputeDisputes.in(zone)));

    PCollection<ObjectOwner> owners =
        timelines.apply("ComputeObjectOwners", ComputeObjectOwners.in(zone));
    load(OBJECT_OWNERS, owners);
    PCollection<ObjectOwner> allOwners =
        PCollectionList.of(owners).and(storedOwners).apply("AllOwners", Flatten.pCollections());
    load(
        FCT_BALANCE_TRANSACTIONS,
        pipeline
            .apply(
                "ReadLedger",
                warehouse.read(
                    TableRead.of(Tables.BALANCE_TRANSACTIONS)
                        .as(LedgerVersion.class)
                        .during(interval)))
            .apply(
                "ComputeBalanceTransactions", ComputeBalanceTransactions.of(allOwners, policies)));

    PCollection<MarketingSpend> spend =
        pipeline
            .apply(
                "ReadMarketingSpend",
                warehouse.read(TableRead.of(MARKETING_SPEND).during(interval)))
            .apply(
                "LatestMarketingSpend",
                LatestVersions.of(
                    MarketingSpend.class,
                    row -> row.getDay() + " " + row.getChannel() + " " + row.getRegion()));
    load(
        FCT_MARKETING_SPEND,
        spend.apply(
            "ComputeMarketingSpend",
            ComputeMarketingSpend.of(catalog, policies.reportingCurrency())));
    load(DIM_CHANNEL, timelines.apply("ComputeDimChannel", ComputeDimChannel.of(spend, zone)));
  }

  private <T> void load(WarehouseTable<T> table, PCollection<T> rows) {
    String name = CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, table.contract().table());
    rows.apply("Load" + name.replaceFirst("^Fct", ""), publication.load(table));
  }
}
