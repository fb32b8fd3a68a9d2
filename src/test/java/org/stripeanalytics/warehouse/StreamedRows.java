package org.stripeanalytics.warehouse;

import java.time.LocalDate;
import org.stripeanalytics.model.streaming.StreamedFunnel;

/** Rows as a streaming job writes them. */
public final class StreamedRows {
  /**
   * A state of a row of March 2024.
   *
   * @param pane which state it is, from 0
   */
  public static StreamedFunnel signups(String region, long signups, long pane) {
    return StreamedFunnel.builder()
        .setMonth(LocalDate.of(2024, 3, 1))
        .setSegment(region.equals("all") ? "all" : "region")
        .setSegmentValue(region)
        .setSignups(signups)
        .setTrialsStarted(0)
        .setTrialsConverted(0)
        .setPaidWithoutTrial(0)
        .setPaid(0)
        .setPane(pane)
        .setPaneTiming("early")
        .setAsOf(LocalDate.of(2024, 3, 5))
        .build();
  }

  private StreamedRows() {}
}
