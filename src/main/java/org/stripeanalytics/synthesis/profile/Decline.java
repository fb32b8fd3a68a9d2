package org.stripeanalytics.synthesis.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why an issuer declines a charge, with what Stripe says about it. */
public enum Decline {
  @JsonProperty("insufficient_funds")
  INSUFFICIENT_FUNDS("51", "try_again_later", "Your card has insufficient funds.", Cure.SOFT),
  @JsonProperty("generic_decline")
  GENERIC_DECLINE("05", "try_again_later", "Your card was declined.", Cure.SOFT),
  @JsonProperty("do_not_honor")
  DO_NOT_HONOR("05", "try_again_later", "Your card was declined.", Cure.SOFT),
  @JsonProperty("expired_card")
  EXPIRED_CARD("54", "confirm_card_data", "Your card has expired.", Cure.NEEDS_NEW_CARD),
  @JsonProperty("transaction_not_allowed")
  TRANSACTION_NOT_ALLOWED(
      "57", "try_again_later", "Your card does not support this type of purchase.", Cure.SOFT),
  @JsonProperty("authentication_required")
  AUTHENTICATION_REQUIRED(
      "1A",
      "confirm_card_data",
      "Your card was declined. This transaction requires authentication.",
      Cure.SOFT),
  @JsonProperty("lost_card")
  LOST_CARD("41", "do_not_try_again", "Your card was declined.", Cure.HARD),
  @JsonProperty("stolen_card")
  STOLEN_CARD("43", "do_not_try_again", "Your card was declined.", Cure.HARD),
  @JsonProperty("pickup_card")
  PICKUP_CARD("04", "do_not_try_again", "Your card was declined.", Cure.HARD),
  @JsonProperty("incorrect_cvc")
  INCORRECT_CVC(
      "N7", "confirm_card_data", "Your card's security code is incorrect.", Cure.NEEDS_NEW_CARD),
  @JsonProperty("incorrect_number")
  INCORRECT_NUMBER("14", "do_not_try_again", "Your card number is incorrect.", Cure.HARD),
  @JsonProperty("processing_error")
  PROCESSING_ERROR(
      "96",
      "try_again_later",
      "An error occurred while processing your card. Try again in a little bit.",
      Cure.SOFT);

  /** What it takes for a later attempt to succeed. */
  public enum Cure {
    /** Time: Stripe retries the same card. */
    SOFT,
    /** Another card or corrected data: Stripe retries meanwhile, in vain. */
    NEEDS_NEW_CARD,
    /** Another card: Stripe does not retry. */
    HARD
  }

  private final String networkCode;
  private final String adviceCode;
  private final String message;
  private final Cure cure;

  Decline(String networkCode, String adviceCode, String message, Cure cure) {
    this.networkCode = networkCode;
    this.adviceCode = adviceCode;
    this.message = message;
    this.cure = cure;
  }

  /** Stripe's word for it: the decline code, and {@code outcome.reason} of the charge. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code failure_code} of the charge: a code of its own, or the general card_declined. */
  public String failureCode() {
    return switch (this) {
      case EXPIRED_CARD, INCORRECT_CVC, INCORRECT_NUMBER, PROCESSING_ERROR -> id();
      default -> "card_declined";
    };
  }

  /** The network's two-character response. */
  public String networkCode() {
    return networkCode;
  }

  public String adviceCode() {
    return adviceCode;
  }

  public String message() {
    return message;
  }

  public Cure cure() {
    return cure;
  }
}
