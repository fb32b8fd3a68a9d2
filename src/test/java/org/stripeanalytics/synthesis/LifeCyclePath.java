package org.stripeanalytics.synthesis;

/**
 * Every way that a customer, a subscription or a payment can go, each with a query that finds those
 * which went it. The queries may name the views of {@code views.sql}.
 */
enum LifeCyclePath {
  NEVER_SUBSCRIBED("SELECT id FROM cus WHERE id NOT IN (SELECT customer FROM sub)"),
  BOUGHT_WITHOUT_TRIAL("SELECT id FROM sub WHERE trial_start IS NULL"),
  TRIAL_CONVERTED("SELECT id FROM sub_step WHERE before = 'trialing' AND status = 'active'"),
  TRIAL_INVOICE_OF_NOTHING(
      "SELECT id FROM inv WHERE billing_reason = 'subscription_create' AND total = 0 AND status ="
          + " 'paid' AND attempted AND lines[1].description LIKE 'Trial period for %'"),
  TRIAL_ABOUT_TO_END(
      "SELECT id FROM raw.events WHERE type = 'customer.subscription.trial_will_end'"),
  TRIAL_CANCELED(
      "SELECT id FROM sub WHERE trial_end >= ended_at"
          + " AND cancellation_details.reason = 'cancellation_requested'"),
  TRIAL_FIRST_PAYMENT_FAILED(
      "SELECT sub.id FROM sub JOIN inv ON inv.id = latest_invoice WHERE trial_start IS NOT NULL"
          + " AND cancellation_details.reason = 'payment_failed' AND inv.attempt_count = 1"
          + " AND inv.status = 'uncollectible'"),
  TRIAL_WITHOUT_CARD_PAUSED("SELECT id FROM sub WHERE status = 'paused'"),
  FIRST_PAYMENT_INCOMPLETE_THEN_PAID(
      "SELECT id FROM sub_step WHERE before = 'incomplete' AND status = 'active'"),
  FIRST_PAYMENT_INCOMPLETE_THEN_EXPIRED("SELECT id FROM sub WHERE status = 'incomplete_expired'"),
  DRAFT_FOR_AN_HOUR(
      "SELECT id FROM inv WHERE billing_reason = 'subscription_cycle'"
          + " AND status_transitions.finalized_at = created + INTERVAL 1 HOUR"),
  MONTH_END_ANCHOR(
      "SELECT subscription FROM item_line JOIN sub ON sub.id = subscription"
          + " WHERE day(billing_cycle_anchor) = 31 AND NOT proration GROUP BY subscription"
          + " HAVING bool_or(day(l.period.start) = 28) AND bool_or(day(l.period.start) = 31)"),
  UPGRADE_PRORATED("SELECT invoice FROM item_line WHERE proration AND l.amount < 0"),
  DOWNGRADE_AT_PERIOD_END(
      "SELECT earlier.id FROM sub_state earlier JOIN sub_state later ON later.id = earlier.id"
          + " AND later.since = earlier.until"
          + " WHERE later.item.price.unit_amount < earlier.item.price.unit_amount"
          + " AND later.since = earlier.item.current_period_end"),
  DUNNING_RECOVERED("SELECT id FROM sub_step WHERE before = 'past_due' AND status = 'active'"),
  DUNNING_RECOVERED_BY_A_LATER_RETRY(
      "SELECT id FROM inv WHERE status = 'paid' AND attempt_count > 2"),
  DUNNING_EXHAUSTED("SELECT id FROM inv WHERE status = 'uncollectible' AND attempt_count = 9"),
  PAST_DUE_THEN_CANCELED(
      "SELECT id FROM sub_step WHERE before = 'past_due' AND status = 'canceled'"),
  PAST_DUE_THEN_UNPAID("SELECT id FROM sub_step WHERE before = 'past_due' AND status = 'unpaid'"),
  UNPAID_THEN_PAID_AFTER_ALL(
      "SELECT id FROM sub_step WHERE before = 'unpaid' AND status = 'active'"),
  DECLINED_FOR_GOOD("SELECT id FROM ch WHERE outcome.advice_code = 'do_not_try_again'"),
  DECLINED_WHERE_NOTHING_IS_RETRIED(
      "SELECT id FROM ch WHERE status = 'failed' AND payment_method_details.card.country = 'IN'"),
  CARD_EXPIRED("SELECT id FROM ch WHERE failure_code = 'expired_card'"),
  CARD_UPDATED_BY_THE_NETWORK(
      "SELECT id FROM raw.events WHERE type = 'payment_method.automatically_updated'"),
  CARD_REPLACED_BY_THE_CUSTOMER(
      "SELECT payment_intent FROM ch GROUP BY payment_intent"
          + " HAVING count(DISTINCT payment_method) > 1"),
  CANCELED_AT_ONCE(
      "SELECT id FROM sub WHERE cancellation_details.reason = 'cancellation_requested'"
          + " AND NOT cancel_at_period_end AND cancellation_details.feedback IS NOT NULL"),
  CANCELED_AT_PERIOD_END("SELECT id FROM sub WHERE cancel_at_period_end AND ended_at = cancel_at"),
  CANCELLATION_TAKEN_BACK(
      "SELECT later.id FROM sub_step later JOIN sub_step earlier USING (id)"
          + " WHERE earlier.cancel_at_period_end AND NOT later.cancel_at_period_end"
          + " AND later.created > earlier.created AND later.status = 'active'"),
  REACTIVATED("SELECT customer FROM sub GROUP BY customer HAVING count(*) > 1"),
  PAUSED_WITH_VOID_INVOICES(
      "SELECT id FROM raw.subscriptions WHERE pause_collection.behavior = 'void'"),
  PAUSED_WITH_DRAFT_INVOICES(
      "SELECT id FROM raw.subscriptions WHERE pause_collection.behavior = 'keep_as_draft'"),
  PAUSED_WITH_UNCOLLECTIBLE_INVOICES(
      "SELECT id FROM raw.subscriptions WHERE pause_collection.behavior = 'mark_uncollectible'"),
  PAUSE_RESUMED(
      "SELECT id FROM raw.events WHERE type = 'customer.subscription.updated'"
          + " AND previous_attributes->>'$.pause_collection.behavior' IS NOT NULL"
          + " AND data_object->>'$.status' = 'active'"),
  COUPON_FOREVER(coupon("forever")),
  COUPON_REPEATING(coupon("repeating")),
  COUPON_ONCE(coupon("once")),
  DISCOUNT_USED_UP("SELECT id FROM raw.events WHERE type = 'customer.discount.deleted'"),
  REFUND_FULL("SELECT id FROM ch WHERE refunded"),
  REFUND_PARTIAL("SELECT id FROM ch WHERE amount_refunded > 0 AND NOT refunded"),
  REFUND_FAILED("SELECT id FROM re WHERE status = 'failed' AND failure_reason IS NOT NULL"),
  DISPUTE_WON("SELECT id FROM du WHERE status = 'won'"),
  DISPUTE_ANSWERED_AND_LOST(
      "SELECT id FROM du WHERE status = 'lost' AND evidence_details.has_evidence"),
  DISPUTE_UNANSWERED_AND_LOST(
      "SELECT id FROM du WHERE status = 'lost' AND NOT evidence_details.has_evidence"),
  DISPUTE_ENDED_THE_SUBSCRIPTION(
      "SELECT id FROM sub WHERE cancellation_details.reason = 'payment_disputed'"),
  INQUIRY("SELECT id FROM du WHERE status = 'warning_closed' AND len(balance_transactions) = 0"),
  FEE_FOR_A_DOMESTIC_CARD("SELECT id FROM bt WHERE type = 'charge' AND amount = 2000 AND fee = 88"),
  FEE_FOR_A_FOREIGN_CARD("SELECT id FROM bt WHERE type = 'charge' AND amount = 2000 AND fee = 118"),
  BILLING_FEE("SELECT id FROM bt WHERE type = 'stripe_fee'"),
  PAID_OUT_WEEKLY("SELECT id FROM po WHERE status = 'paid' AND dayofweek(created) = 2");

  private final String query;

  LifeCyclePath(String query) {
    this.query = query;
  }

  String query() {
    return query;
  }

  private static String coupon(String duration) {
    return "SELECT inv.id FROM inv JOIN raw.discounts d ON d.id = inv.discounts[1]"
        + " JOIN raw.coupons c ON c.id = d.coupon WHERE c.duration = '"
        + duration
        + "' AND inv.status = 'paid' AND inv.total < inv.subtotal";
  }
}
