package org.stripeanalytics.warehouse;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.joda.time.DateTimeZone;

/**
 * Reporting zones outside java.time: the one name under which warehouses store and compare them,
 * and the zone with the same clock in Joda-Time, which Beam's calendar windows are built on.
 */
public final class ReportingZones {

  /** {@code UTC} under whichever of its names, as in {@code Z}; else the zone's own. */
  public static String nameOf(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
  }

  /**
   * The zone with the same clock in Joda-Time. A zone whose offset never changes is converted by
   * its offset: Joda-Time reads only some of the names that java.time has for them, and by way of
   * {@link java.util.TimeZone} it silently takes the others, such as {@code UTC+2}, for UTC.
   *
   * @throws DateTimeException when Joda-Time does not know the zone
   */
  public static DateTimeZone joda(ZoneId zone) {
    if (zone.normalized() instanceof ZoneOffset offset) {
      return DateTimeZone.forOffsetMillis(
          (int) Duration.ofSeconds(offset.getTotalSeconds()).toMillis());
    }
    try {
      return DateTimeZone.forID(zone.getId());
    } catch (IllegalArgumentException e) {
      throw new DateTimeException("Joda-Time does not know the zone " + zone, e);
    }
  }

  private ReportingZones() {}
}
