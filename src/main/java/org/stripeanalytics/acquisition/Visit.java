package org.stripeanalytics.acquisition;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.Comparator;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.stripeanalytics.model.raw.WebSession;
import org.stripeanalytics.model.schema.RowCoder;

/** A session on the website. */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class Visit {
  static final String NO_CAMPAIGN = "none";

  /** Those of one time have no natural order; any fixed one will do. */
  static final Comparator<Visit> BY_TIME =
      Comparator.comparing(Visit::getAt)
          .thenComparing(Visit::getSessionId)
          .thenComparing(Visit::getChannel)
          .thenComparing(Visit::getCampaign);

  public abstract String getSessionId();

  public abstract Instant getAt();

  public abstract String getChannel();

  public abstract String getCampaign();

  boolean isDirect() {
    return getChannel().equals(ChannelOf.DIRECT);
  }

  static Visit of(WebSession session) {
    return of(
        session.getSessionId(),
        session.getStartedAt(),
        ChannelOf.session(session),
        session.getUtmCampaign() == null ? NO_CAMPAIGN : session.getUtmCampaign());
  }

  static Visit of(String sessionId, Instant at, String channel, String campaign) {
    return builder()
        .setSessionId(sessionId)
        .setAt(at)
        .setChannel(channel)
        .setCampaign(campaign)
        .build();
  }

  static Builder builder() {
    return new AutoValue_Visit.Builder();
  }

  /** Beam rebuilds visits through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSessionId(String value);

    abstract Builder setAt(Instant value);

    abstract Builder setChannel(String value);

    abstract Builder setCampaign(String value);

    abstract Visit build();
  }
}
