package org.stripeanalytics.acquisition;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.stripeanalytics.contract.Tables;
import org.stripeanalytics.model.facts.Touchpoint;

/** The rows of {@code facts.fct_touchpoints}. Element by element. */
public final class ListTouchpoints
    extends PTransform<PCollection<CustomerJourney>, PCollection<Touchpoint>> {
  private ListTouchpoints() {}

  public static ListTouchpoints create() {
    return new ListTouchpoints();
  }

  @Override
  public PCollection<Touchpoint> expand(PCollection<CustomerJourney> journeys) {
    return journeys
        .apply("ListVisits", ParDo.of(new ListFn()))
        .setCoder(Tables.FCT_TOUCHPOINTS.coder());
  }

  private static final class ListFn extends DoFn<CustomerJourney, Touchpoint> {
    @ProcessElement
    public void list(@Element CustomerJourney journey, OutputReceiver<Touchpoint> output) {
      if (journey.getConversion() == null) {
        return;
      }
      long position = 1;
      for (Visit visit : journey.getVisits()) {
        output.output(
            Touchpoint.builder()
                .setConversionId(journey.conversionId())
                .setCustomerId(journey.getCustomerId())
                .setConversion(journey.getConversion())
                .setConvertedOn(journey.getConvertedOn())
                .setPosition(position++)
                .setTouchedAt(visit.getAt())
                .setSessionId(visit.getSessionId())
                .setChannel(visit.getChannel())
                .setCampaign(visit.getCampaign())
                .setTakesCredit(journey.getCredited().contains(visit))
                .build());
      }
    }
  }
}
