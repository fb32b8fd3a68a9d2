package org.stripeanalytics.acquisition;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.facts.MrrMovement;
import org.stripeanalytics.model.facts.PaymentFact;
import org.stripeanalytics.model.facts.RefundFact;
import org.stripeanalytics.model.intermediate.Identity;
import org.stripeanalytics.model.raw.WebSession;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;
import org.stripeanalytics.warehouse.MappedRead;
import org.stripeanalytics.warehouse.TableRead;
import org.stripeanalytics.warehouse.Warehouse;

/**
 * Brings the visits, payments and increases of MRR of each customer together, and the visits of
 * each browser that is nobody's. Bounded, in the global window; the key of both shuffles is a
 * browser or a customer, so none is hot.
 */
public final class CollectJourneys
    extends PTransform<PCollection<Identity>, PCollection<CustomerJourney>> {
  private static final String SUCCEEDED = "succeeded";
  private static final String BROWSER = "browser:";
  private static final int MONTHS_PER_YEAR = 12;

  private static final KvCoder<String, Moment> CODER =
      KvCoder.of(StringUtf8Coder.of(), RowCoder.of(Moment.class));

  private final Warehouse warehouse;
  private final JourneyRules rules;

  private CollectJourneys(Warehouse warehouse, JourneyRules rules) {
    this.warehouse = warehouse;
    this.rules = rules;
  }

  public static CollectJourneys of(Warehouse warehouse, JourneyRules rules) {
    return new CollectJourneys(warehouse, rules);
  }

  @Override
  public PCollection<CustomerJourney> expand(PCollection<Identity> identities) {
    PBegin begin = identities.getPipeline().begin();
    String sessions = Tables.WEB_SESSION.contract().table();
    PCollection<KV<String, Moment>> browsers =
        identities
            .apply(
                "BrowsersOfCustomers",
                Filter.by(who -> who.getObject().equals(sessions) && who.getCustomerId() != null))
            .apply(
                "KeyByBrowser",
                MapElements.into(TypeDescriptors.kvs(TypeDescriptors.strings(), moments()))
                    .via(who -> KV.of(who.getSourceId(), Moment.ofBrowser(who.getCustomerId()))))
            .setCoder(CODER);
    PCollection<KV<String, Moment>> visits =
        begin.apply(
            "ReadSessions",
            warehouse.readAll(
                ImmutableList.of(
                    new MappedRead<>(TableRead.of(Tables.WEB_SESSION), CollectJourneys::visit)),
                CODER));
    PCollection<KV<String, Moment>> ofCustomers =
        PCollectionList.of(browsers)
            .and(visits)
            .apply("VisitsAndBrowsers", Flatten.pCollections())
            .apply("KeepTimestampsOfVisits", KeepTimestamps.create())
            .apply("GroupByBrowser", GroupByKey.create())
            .apply("KeyByCustomer", ParDo.of(new WhoseFn()))
            .setCoder(CODER);
    PCollection<KV<String, Moment>> money =
        begin.apply("ReadMoney", warehouse.readAll(money(rules.zone()), CODER));
    return PCollectionList.of(ofCustomers)
        .and(money)
        .apply("VisitsAndMoney", Flatten.pCollections())
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupByCustomer", GroupByKey.create())
        .apply("MakeJourneys", ParDo.of(new JourneysFn(rules)))
        .setCoder(RowCoder.of(CustomerJourney.class));
  }

  private static TypeDescriptor<Moment> moments() {
    return TypeDescriptor.of(Moment.class);
  }

  private static Optional<KV<String, Moment>> visit(WebSession session) {
    return Optional.of(KV.of(session.getAnonymousId(), Moment.of(Visit.of(session))));
  }

  private static ImmutableList<MappedRead<?, KV<String, Moment>>> money(ZoneId zone) {
    return ImmutableList.of(
        new MappedRead<>(TableRead.of(Tables.FCT_PAYMENTS), CollectJourneys::payment),
        new MappedRead<>(TableRead.of(Tables.FCT_REFUNDS), CollectJourneys::refund),
        new MappedRead<>(TableRead.of(Tables.FCT_MRR_MOVEMENTS), movement -> mrr(movement, zone)));
  }

  private static Optional<KV<String, Moment>> payment(PaymentFact payment) {
    return payment.getCustomerId() == null || !payment.getStatus().equals(SUCCEEDED)
        ? Optional.empty()
        : Optional.of(
            KV.of(
                payment.getCustomerId(),
                Moment.ofMoney(
                    Moment.PAYMENT,
                    payment.getCreatedAt(),
                    payment.getAmountReportingMinor(),
                    payment.getChannel())));
  }

  private static Optional<KV<String, Moment>> refund(RefundFact refund) {
    return refund.getCustomerId() == null
            || refund.getIsRelease()
            || !refund.getStatus().equals(SUCCEEDED)
        ? Optional.empty()
        : Optional.of(
            KV.of(
                refund.getCustomerId(),
                Moment.ofMoney(
                    Moment.REFUND,
                    refund.getCreatedAt(),
                    refund.getAmountReportingMinor(),
                    refund.getChannel())));
  }

  private static Optional<KV<String, Moment>> mrr(MrrMovement movement, ZoneId zone) {
    String kind = movement.getMovementType();
    // Movements have a day and no time: they come after whatever else happened on it.
    Instant atLast = movement.getDay().plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
    return kind.equals(Moment.EXPANSION) || kind.equals(Moment.NEW)
        ? Optional.of(
            KV.of(
                movement.getCustomerId(),
                Moment.ofMoney(
                    kind,
                    atLast,
                    Math.round(movement.getArrMinorChange() / (double) MONTHS_PER_YEAR),
                    movement.getChannel())))
        : Optional.empty();
  }

  private static final class WhoseFn
      extends DoFn<KV<String, Iterable<Moment>>, KV<String, Moment>> {
    @ProcessElement
    public void emit(
        @Element KV<String, Iterable<Moment>> browser, OutputReceiver<KV<String, Moment>> output) {
      List<Moment> visits = new ArrayList<>();
      String whose = BROWSER + browser.getKey();
      for (Moment moment : browser.getValue()) {
        if (moment.getVisit() == null) {
          whose = moment.getCustomer();
        } else {
          visits.add(moment);
        }
      }
      for (Moment visit : visits) {
        output.output(KV.of(whose, visit));
      }
    }
  }

  private static final class JourneysFn
      extends DoFn<KV<String, Iterable<Moment>>, CustomerJourney> {
    private final JourneyRules rules;

    JourneysFn(JourneyRules rules) {
      this.rules = rules;
    }

    @ProcessElement
    public void make(
        @Element KV<String, Iterable<Moment>> known, OutputReceiver<CustomerJourney> output) {
      rules
          .journeys(known.getKey(), !known.getKey().startsWith(BROWSER), known.getValue())
          .forEach(output::output);
    }
  }
}
