package org.stripeanalytics.warehouse;

import java.time.ZoneId;
import java.time.ZoneOffset;

/** One name for each reporting zone, because warehouses store the name and compare by it. */
public final class ReportingZones {

  /** {@code UTC} under whichever of its names, as in {@code Z}; else the zone's own. */
  public static String nameOf(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  private ReportingZones() {}
}
