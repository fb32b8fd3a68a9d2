package org.stripeanalytics.marts;

import com.google.auto.value.AutoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.schema.RowCoder;

/**
 * Something that is known of the account as a whole: a figure of a month, what is watched on a day,
 * or how recent the events behind the figures are; or a row that waits for that. Exactly one is
 * set.
 */
@AutoValue
@DefaultCoder(RowCoder.class)
public abstract class AccountFact {
  abstract @Nullable AccountFigure getFigure();

  abstract @Nullable WatchedDay getWatched();

  abstract @Nullable StoredEvents getEvents();

  abstract @Nullable LiveRow getLive();

  /** What a row of a mart says of the whole account. */
  public static void ofRow(Object row, Consumer<AccountFact> facts) {
    figuresOf(row).forEach(facts);
    WatchedDay.ofRow(row, day -> facts.accept(of(day)));
    ofLiveRow(row, facts);
  }

  /** The figures that a stored row has of the whole account. */
  public static List<AccountFact> figuresOf(Object row) {
    List<AccountFact> facts = new ArrayList<>();
    AccountFigure.ofRow(row, figure -> facts.add(builder().setFigure(figure).build()));
    return facts;
  }

  /** Only what a row waits for that is of a live mart. */
  public static void ofLiveRow(Object row, Consumer<AccountFact> facts) {
    LiveRow.ofRow(row, live -> facts.accept(builder().setLive(live).build()));
  }

  public static AccountFact of(WatchedDay day) {
    return builder().setWatched(day).build();
  }

  static AccountFact of(StoredEvents events) {
    return builder().setEvents(events).build();
  }

  static Builder builder() {
    return new AutoValue_AccountFact.Builder();
  }

  /** Beam rebuilds facts through it. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setFigure(@Nullable AccountFigure figure);

    abstract Builder setWatched(@Nullable WatchedDay day);

    abstract Builder setEvents(@Nullable StoredEvents events);

    abstract Builder setLive(@Nullable LiveRow row);

    abstract AccountFact build();
  }
}
