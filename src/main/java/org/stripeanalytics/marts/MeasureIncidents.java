package org.stripeanalytics.marts;

import static org.stripeanalytics.marts.IncidentMeasure.COHORT_DISPUTED;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_DISPUTED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_REFUNDED;
import static org.stripeanalytics.marts.IncidentMeasure.COHORT_REFUNDED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTED;
import static org.stripeanalytics.marts.IncidentMeasure.DISPUTED_VOLUME;
import static org.stripeanalytics.marts.IncidentMeasure.REFUNDED;
import static org.stripeanalytics.marts.IncidentMeasure.REFUNDED_VOLUME;

import com.google.common.collect.ImmutableList;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.stripeanalytics.model.schema.RowCoder;
import org.stripeanalytics.staging.KeepTimestamps;

/**
 * Counts refunds and disputes against their charges: brings those of one charge together, because a
 * charge counts once in a month however often it was refunded in it. Bounded; one small shuffle by
 * charge.
 */
final class MeasureIncidents
    extends PTransform<
        PCollection<ChargeIncident>, PCollection<KV<RowGroup, Sums<IncidentMeasure>>>> {
  private final ZoneId zone;

  private MeasureIncidents(ZoneId zone) {
    this.zone = zone;
  }

  static MeasureIncidents in(ZoneId zone) {
    return new MeasureIncidents(zone);
  }

  @Override
  public PCollection<KV<RowGroup, Sums<IncidentMeasure>>> expand(
      PCollection<ChargeIncident> incidents) {
    return incidents
        .apply("KeyByCharge", WithKeys.of(i -> i.getIsDispute() + i.getChargeId()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(ChargeIncident.class)))
        .apply("KeepTimestamps", KeepTimestamps.create())
        .apply("GroupByCharge", GroupByKey.create())
        .apply(
            "ListIncidents",
            MapElements.into(TypeDescriptors.lists(TypeDescriptor.of(ChargeIncident.class)))
                .via(charge -> ImmutableList.copyOf(charge.getValue())))
        .setCoder(ListCoder.of(RowCoder.of(ChargeIncident.class)))
        .apply(
            "MeasureCharges",
            MeasureFacts.bySegment(
                IncidentMeasure.class,
                zone,
                ofCharge -> Segments.of(ofCharge.get(0)),
                MeasureIncidents::measure));
  }

  /**
   * @param ofCharge all refunds, or all disputes, of one charge
   */
  static void measure(
      List<ChargeIncident> ofCharge, BiConsumer<LocalDate, Sums<IncidentMeasure>> count) {
    boolean disputes = ofCharge.get(0).getIsDispute();
    Set<LocalDate> months = new HashSet<>();
    boolean counted = false;
    for (ChargeIncident incident : ofCharge) {
      boolean firstInMonth = months.add(Grain.MONTH.containing(incident.getDay()));
      count.accept(
          incident.getDay(),
          Sums.of(disputes ? DISPUTED : REFUNDED, firstInMonth ? 1 : 0)
              .with(disputes ? DISPUTED_VOLUME : REFUNDED_VOLUME, incident.getAmount()));
      if (incident.getChargeDay() != null) {
        count.accept(
            incident.getChargeDay(),
            Sums.of(disputes ? COHORT_DISPUTED : COHORT_REFUNDED, counted ? 0 : 1)
                .with(
                    disputes ? COHORT_DISPUTED_VOLUME : COHORT_REFUNDED_VOLUME,
                    incident.getAmount()));
        counted = true;
      }
    }
  }
}
