package org.stripeanalytics.extraction;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.extraction.ListPage.Brought;
import org.stripeanalytics.extraction.ListPage.Element;
import org.stripeanalytics.extraction.ListPage.NestedList;

/** Reads windows of lists into the landing. For any number of threads, each with its own window. */
final class WindowReader {
  private static final int MOST_RESTARTS = 3;
  private static final int NOT_FOUND = 404;

  private final ApiReader api;
  private final Landing landing;
  private final ExtractState state;
  private final int mostPages;
  private final LongAdder objects = new LongAdder();

  /**
   * @param mostPages how many pages of a window are read before the rest is left to others
   */
  WindowReader(ApiReader api, Landing landing, ExtractState state, int mostPages) {
    this.api = api;
    this.landing = landing;
    this.state = state;
    this.mostPages = mostPages;
  }

  /** How many objects were landed, those inside others included. */
  long objects() {
    return objects.sum();
  }

  /**
   * Reads a window, newest first, until it is whole or has had its pages, and notes what is landed.
   *
   * @return what is left of it; empty if it is whole
   */
  Window read(Source source, Window window) throws InterruptedException {
    long begun = state.session().begun();
    try (LandingFile file = landing.open(window, source.object(), begun)) {
      Window whole = pages(source, window, file);
      file.land(Landing.name(whole, begun));
      state.cover(whole.list(), whole.from(), whole.to());
      return new Window(window.list(), window.from(), whole.from());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + landing.directory(), e);
    }
  }

  /** Writes pages, and returns the part of the window that they are all of. */
  private Window pages(Source source, Window window, LandingFile file) throws InterruptedException {
    Set<String> seen = new HashSet<>();
    String after = file.lastId();
    int restarts = 0;
    for (int pages = 1; ; pages++) {
      ListPage page;
      try {
        page = api.page(source.path(window) + (after == null ? "" : "&starting_after=" + after));
      } catch (ExtractionException e) {
        if (after == null || !e.code().equals("resource_missing") || restarts++ == MOST_RESTARTS) {
          throw e;
        }
        // The object that the page was to begin after has been deleted meanwhile.
        file.restart();
        after = null;
        continue;
      }
      ImmutableList<Element> elements = page.elements();
      if (!page.hasMore()) {
        append(elements, source, seen, file);
        return window;
      }
      if (elements.isEmpty()) {
        throw new ExtractionException(
            "GET %s says that there is more and sends nothing".formatted(source.path(window)));
      }
      long oldest = Iterables.getLast(elements).created();
      if (pages >= mostPages && elements.get(0).created() > oldest) {
        // Of the last second there may be more, so all of it is left.
        append(
            elements.stream().filter(element -> element.created() > oldest).toList(),
            source,
            seen,
            file);
        return new Window(window.list(), oldest + 1, window.to());
      }
      append(elements, source, seen, file);
      after = Iterables.getLast(elements).id();
    }
  }

  private void append(List<Element> elements, Source source, Set<String> seen, LandingFile file)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Element element : elements) {
      for (Brought brought : element.brought()) {
        if (!source.without().contains(brought.type()) && seen.add(brought.text())) {
          lines.add(brought.text());
        }
      }
      for (NestedList list : element.unfinished()) {
        pages(list.url(), list.last(), lines);
      }
      if (source.children().isPresent()) {
        pages(source.children().get().replace("ID", element.id()), null, lines);
      }
      lines.add(element.text());
    }
    if (source.object().equals(ObjectType.BALANCE_TRANSACTION.id())) {
      state.notePending(
          elements.stream().filter(element -> "pending".equals(element.status())).toList());
    }
    file.append(lines);
    objects.add(lines.size());
  }

  /** The elements of a list of an object, after one of them. */
  private void pages(String url, @Nullable String last, List<String> lines)
      throws InterruptedException {
    String after = last;
    boolean more = true;
    while (more) {
      ListPage page;
      try {
        page =
            api.page(
                url
                    + (url.indexOf('?') < 0 ? '?' : '&')
                    + "limit=100"
                    + (after == null ? "" : "&starting_after=" + after));
      } catch (ExtractionException e) {
        if (e.status() != NOT_FOUND) {
          throw e;
        }
        // Its owner has been deleted since; the event that says so follows.
        return;
      }
      page.elements().forEach(element -> lines.add(element.text()));
      more = page.hasMore() && !page.elements().isEmpty();
      after = more ? Iterables.getLast(page.elements()).id() : null;
    }
  }
}
