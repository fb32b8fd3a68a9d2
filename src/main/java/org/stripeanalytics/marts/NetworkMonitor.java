package org.stripeanalytics.marts;

/**
 * The thresholds of the card networks' programmes against disputes, which look at the whole account
 * and compare with a month's charges.
 */
final class NetworkMonitor {
  private static final String OK = "ok";

  /** Visa's acquirer monitoring programme. */
  static String vampStatus(long disputes, long charges) {
    return isAtLeast(disputes, charges, 15) && disputes >= 1_500 ? "excessive" : OK;
  }

  /** Mastercard's excessive chargeback programme, over the charges of the month before. */
  static String ecmStatus(long disputes, long charges) {
    if (isAtLeast(disputes, charges, 30) && disputes >= 300) {
      return "hecm";
    }
    return isAtLeast(disputes, charges, 15) && disputes >= 100 ? "ecm" : OK;
  }

  private static boolean isAtLeast(long disputes, long charges, long perMille) {
    return charges > 0 && disputes * 1_000 >= charges * perMille;
  }

  private NetworkMonitor() {}
}
