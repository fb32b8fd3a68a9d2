package org.stripeanalytics.acquisition;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.time.LocalDate;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stripeanalytics.model.raw.WebSession;

class ChannelOfTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "google   | cpc         |                               | paid_search",
        "facebook | CPC         |                               | paid_social",
        "         | paid_social |                               | paid_social",
        "news     | email       |                               | email",
        "(direct) | (none)      |                               | direct",
        "partner  | (not set)   |                               | other",
        "         |             |                               | direct",
        "partner  |             |                               | other",
        "         |             | https://www.google.com/search | organic",
        "         |             | https://www.reddit.com/r/saas | social",
        "         |             | https://blog.example.com/post | referral",
      })
  void aSessionHasTheChannelThatItsMarksOrItsReferrerSay(
      @Nullable String source, @Nullable String medium, @Nullable String referrer, String channel) {
    WebSession session =
        WebSession.builder()
            .setSessionId("s1")
            .setAnonymousId("a1")
            .setStartedAt(Instant.parse("2024-03-05T10:00:00Z"))
            .setUtmSource(source)
            .setUtmMedium(medium)
            .setReferrer(referrer)
            .setSnapshotDate(LocalDate.of(2024, 3, 5))
            .setChangedAt(Instant.parse("2024-03-05T10:00:00Z"))
            .setSource("csv")
            .build();

    assertThat(ChannelOf.session(session), is(channel));
  }
}
