package org.stripeanalytics.streaming;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.marts.LiveContribution;
import org.stripeanalytics.marts.LiveContribution.LiveContributionCoder;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * What comes of a customer at once: all that a warehouse knows, or a change that was streamed.
 *
 * @param summed what it adds to the live marts by what the warehouse knows, which {@link SumStored}
 *     has summed; null for what was streamed
 */
record CustomerArrivals(List<Arrival> arrivals, @Nullable LiveContribution summed) {

  static CustomerArrivals streamed(Arrival arrival) {
    return new CustomerArrivals(List.of(arrival), null);
  }

  static final class CustomerArrivalsCoder extends CustomCoder<CustomerArrivals> {
    private static final Coder<List<Arrival>> ARRIVALS = ListCoder.of(RowCoder.of(Arrival.class));
    private static final Coder<LiveContribution> SUMMED =
        NullableCoder.of(new LiveContributionCoder());

    @Override
    public void encode(CustomerArrivals value, OutputStream out) throws IOException {
      ARRIVALS.encode(value.arrivals, out);
      SUMMED.encode(value.summed, out);
    }

    @Override
    public CustomerArrivals decode(InputStream in) throws IOException {
      return new CustomerArrivals(ARRIVALS.decode(in), SUMMED.decode(in));
    }
  }
}
