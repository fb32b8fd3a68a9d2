package org.stripeanalytics.acquisition;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.raw.WebSession;

/**
 * The channel of a session, by rules close to those of GA4's default channel group: what the
 * address says comes first, then click ids, then the page before. Names are those of {@code
 * dim_channel} in a simulated account.
 */
final class ChannelOf {
  static final String DIRECT = "direct";

  private static final ImmutableSet<String> PAID =
      ImmutableSet.of("cpc", "ppc", "paid", "paidsearch", "paid_search", "retargeting");
  private static final ImmutableSet<String> PAID_SOCIAL =
      ImmutableSet.of("paid_social", "paidsocial", "paid-social", "social_paid");

  /** What analytics tools write where there is none. */
  private static final ImmutableSet<String> NO_MEDIUM = ImmutableSet.of("(none)", "(not set)");

  private static final Pattern SOCIAL =
      Pattern.compile(".*(facebook|instagram|linkedin|twitter|tiktok|pinterest|reddit|meta).*");
  private static final Pattern SEARCH =
      Pattern.compile(
          "https?://([a-z0-9-]+[.])*(google|bing|duckduckgo|yahoo|ecosia|baidu|yandex)[.].*");

  static String session(WebSession session) {
    String medium = lower(session.getUtmMedium());
    String source = lower(session.getUtmSource());
    if (PAID_SOCIAL.contains(medium)
        || (PAID.contains(medium) && SOCIAL.matcher(source).matches())) {
      return "paid_social";
    }
    if (PAID.contains(medium)) {
      return "paid_search";
    }
    if (NO_MEDIUM.contains(medium)) {
      return source.isEmpty() || source.equals("(direct)") ? DIRECT : "other";
    }
    if (!medium.isEmpty()) {
      return medium.replaceAll("\\s+", " ");
    }
    if (session.getGclid() != null) {
      return "paid_search";
    }
    if (session.getFbclid() != null) {
      return "social";
    }
    String referrer = lower(session.getReferrer());
    if (referrer.isEmpty()) {
      return source.isEmpty() ? DIRECT : "other";
    }
    return SEARCH.matcher(referrer).matches()
        ? "organic"
        : SOCIAL.matcher(referrer).matches() ? "social" : "referral";
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }

  private ChannelOf() {}
}
