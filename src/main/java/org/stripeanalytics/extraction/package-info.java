/**
 * Stripe's API as a source. {@link org.stripeanalytics.extraction.Extraction} reads an account into
 * a landing directory, first whole ({@code Backfill}), then what changed ({@code Increment}), and
 * {@code ingest} reads the landing like any other files. Objects keep the text that the API sent,
 * but for line breaks between their members.
 *
 * <p>How it stays right:
 *
 * <ul>
 *   <li>A backfill reads lists by windows of creation time up to the second in which it began, and
 *       afterwards the events from then on, so what changed meanwhile is read again as events.
 *   <li>Objects are filed one second before the beginning, so every event since then is newer.
 *   <li>Events appear in their list late and out of order. An increment ends a little before now
 *       and begins a little before where the last one ended.
 *   <li>What is missing is the time span minus the windows that the state names as read. A file
 *       gets its name when its window is whole; one that was broken off goes on after its last
 *       line.
 * </ul>
 */
package org.stripeanalytics.extraction;
