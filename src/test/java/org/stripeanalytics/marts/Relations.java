package org.stripeanalytics.marts;

import static org.stripeanalytics.fold.Snapshots.day;

import java.math.BigDecimal;
import java.util.List;
import org.stripeanalytics.relations.CustomerRelations;
import org.stripeanalytics.relations.Dealing;
import org.stripeanalytics.relations.MrrStep;

/** Customers from Germany and what sales and support had to do with them. */
final class Relations {
  static CustomerRelations.Builder aCustomer(String id) {
    return CustomerRelations.builder()
        .setCustomerId(id)
        .setCountry("DE")
        .setRegion("europe")
        .setChannel("referral")
        .setInitialPlan("starter");
  }

  /** Somebody of whom nobody knows which customer it is. */
  static CustomerRelations.Builder nobody() {
    return aCustomer("").setCustomerId(null).setCountry("unresolved").setRegion("unresolved");
  }

  /** Dollars a month from the end of a day on. */
  static MrrStep from(String day, long dollars) {
    return MrrStep.of(day(day), dollars * 1200);
  }

  /** A ticket that was answered after so many minutes. */
  static Dealing.Builder aTicket(String id, String day, long minutes) {
    return Dealing.builder()
        .setKind("ticket")
        .setSource("desk")
        .setKey("ticket:" + id)
        .setDay(day(day))
        .setFirstResponseMinutes(minutes);
  }

  static List<Dealing> tickets(Dealing.Builder... tickets) {
    return List.of(tickets).stream().map(Dealing.Builder::build).toList();
  }

  static Dealing aWonDeal(String source, String id, String day, String amount) {
    return Dealing.builder()
        .setKind("deal")
        .setSource(source)
        .setKey("deal:" + id)
        .setDay(day(day))
        .setAmount(new BigDecimal(amount))
        .setWon(true)
        .build();
  }

  private Relations() {}
}
