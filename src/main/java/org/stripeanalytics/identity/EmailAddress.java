package org.stripeanalytics.identity;

import com.google.common.collect.ImmutableSet;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address in the form in which two of one mailbox are equal: NFKC, without space around it, in
 * lower case, with the domain in ASCII. Only of Google it is known that dots, and what follows a
 * plus, make no difference.
 *
 * @param mailbox before the at sign
 */
record EmailAddress(String mailbox, String domain) {
  private static final ImmutableSet<String> GOOGLE = ImmutableSet.of("gmail.com", "googlemail.com");

  private static final Pattern ROLE =
      Pattern.compile(
          "(account(s|ing)?|admin|billing|contact|finance|hello|help|hi|info|invoices?|it|mail|noreply"
              + "|office|post|sales|service|support|team)[0-9]*");

  /** Providers with a domain for each country. */
  private static final Pattern FREE_ANYWHERE =
      Pattern.compile("(gmx|hotmail|live|outlook|yahoo|yandex)[.][a-z]{2,3}([.][a-z]{2})?");

  /** Whose addresses say nothing of a company. */
  private static final ImmutableSet<String> FREE =
      ImmutableSet.of(
          "126.com",
          "163.com",
          "aol.com",
          "free.fr",
          "gmail.com",
          "gmx.de",
          "gmx.net",
          "hotmail.com",
          "icloud.com",
          "laposte.net",
          "libero.it",
          "live.com",
          "mac.com",
          "mail.com",
          "mail.ru",
          "me.com",
          "msn.com",
          "naver.com",
          "orange.fr",
          "outlook.com",
          "proton.me",
          "protonmail.com",
          "qq.com",
          "t-online.de",
          "web.de",
          "yahoo.co.jp",
          "yahoo.co.uk",
          "yahoo.com",
          "yandex.ru",
          "ymail.com");

  /** Nothing for what is no address. */
  static Optional<EmailAddress> parse(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    int at = plain.lastIndexOf('@');
    if (at < 1 || at == plain.length() - 1 || plain.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    Optional<String> domain = ascii(plain.substring(at + 1));
    if (domain.isEmpty()) {
      return Optional.empty();
    }
    String mailbox = plain.substring(0, at);
    return Optional.of(
        GOOGLE.contains(domain.get())
            ? new EmailAddress(untagged(mailbox).replace(".", ""), "gmail.com")
            : new EmailAddress(mailbox, domain.get()));
  }

  /** The domain of an address of the web, or of one that is written bare. */
  static Optional<String> domainOf(String website) {
    String bare =
        website
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^[a-z]+://", "")
            .replaceFirst("^www[.]", "")
            .replaceFirst("[/:?#].*$", "");
    return bare.contains(".") ? ascii(bare) : Optional.empty();
  }

  /** The same without what follows a plus, which most providers do not tell apart. */
  EmailAddress withoutTag() {
    return new EmailAddress(untagged(mailbox), domain);
  }

  /** Whether a mailbox is, by its name, read by several people. */
  boolean isOfRole() {
    return ROLE.matcher(mailbox).matches();
  }

  boolean isOfCompany() {
    return !FREE.contains(domain) && !FREE_ANYWHERE.matcher(domain).matches();
  }

  private static String untagged(String mailbox) {
    int plus = mailbox.indexOf('+');
    return plus > 0 ? mailbox.substring(0, plus) : mailbox;
  }

  private static Optional<String> ascii(String domain) {
    try {
      return Optional.of(IDN.toASCII(domain)).filter(name -> !name.isEmpty());
    } catch (IllegalArgumentException e) {
      // No name that a mail server could have.
      return Optional.empty();
    }
  }
}
