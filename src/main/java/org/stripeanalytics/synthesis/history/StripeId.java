package org.stripeanalytics.synthesis.history;

import java.time.Instant;
import org.stripeanalytics.synthesis.chance.RandomStream;

/**
 * The kinds of Stripe ids and their shapes. Most have, after the prefix, a digit, five characters
 * that tell the time, ten of the account and eight of their own; customers, products and
 * subscription items have fourteen of their own. Each derives from the seed and from the object's
 * place in its customer's history, never from a counter that others share.
 */
public enum StripeId {
  CUSTOMER("cus_", false),
  PRODUCT("prod_", false),
  PRICE("price_1", true),
  DISCOUNT("di_1", true),
  PAYMENT_METHOD("pm_1", true),
  SUBSCRIPTION("sub_1", true),
  SUBSCRIPTION_ITEM("si_", false),
  INVOICE("in_1", true),
  INVOICE_LINE("il_1", true),
  INVOICE_ITEM("ii_1", true),
  INVOICE_PAYMENT("inpay_1", true),
  PAYMENT_INTENT("pi_3", true),
  CHARGE("ch_3", true),
  REFUND("re_3", true),
  DISPUTE("du_1", true),
  BALANCE_TRANSACTION("txn_3", true),
  ACCOUNT_TRANSACTION("txn_1", true),
  PAYOUT("po_1", true),
  EVENT("evt_1", true);

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int OWN = 8;
  private static final int OWN_UNTIMED = 14;
  private static final int TIME = 5;
  private static final int ACCOUNT = 10;

  private final String prefix;
  private final boolean timed;

  StripeId(String prefix, boolean timed) {
    this.prefix = prefix;
    this.timed = timed;
  }

  /** The ten characters that the ids of one account share. */
  public static String accountToken(RandomStream account) {
    char[] token = new char[ACCOUNT];
    fill(token, 0, ACCOUNT, account.fork("account token"));
    return new String(token);
  }

  /**
   * @param thing the stream of the object that the id is for
   */
  public String of(RandomStream thing, String accountToken, Instant created) {
    RandomStream stream = thing.fork(prefix);
    int start = prefix.length();
    char[] id = new char[start + (timed ? TIME + ACCOUNT + OWN : OWN_UNTIMED)];
    prefix.getChars(0, start, id, 0);
    if (timed) {
      long seconds = created.getEpochSecond();
      for (int i = start + TIME - 1; i >= start; i--) {
        id[i] = BASE62.charAt((int) (seconds % 62));
        seconds /= 62;
      }
      accountToken.getChars(0, ACCOUNT, id, start + TIME);
      fill(id, start + TIME + ACCOUNT, id.length, stream);
    } else {
      fill(id, start, id.length, stream);
    }
    return new String(id);
  }

  /**
   * The id of an event. Those of the same object and second sort in the order in which they
   * happened, so that (created, id) is an order of changes.
   *
   * @param sequence number of the event among those of its customer and second
   */
  public static String event(
      RandomStream thing, String accountToken, Instant created, int sequence) {
    String id = EVENT.of(thing, accountToken, created);
    int own = id.length() - OWN;
    return id.substring(0, own)
        + BASE62.charAt(sequence / 62 % 62)
        + BASE62.charAt(sequence % 62)
        + id.substring(own + 2);
  }

  /** Ten characters to a draw, so that each is close to uniform. */
  private static void fill(char[] chars, int from, int to, RandomStream stream) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      if ((i - from) % 10 == 0) {
        bits = stream.nextLong() >>> 1;
      }
      chars[i] = BASE62.charAt((int) (bits % 62));
      bits /= 62;
    }
  }
}
