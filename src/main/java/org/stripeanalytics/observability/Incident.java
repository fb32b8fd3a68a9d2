package org.stripeanalytics.observability;

/**
 * Something that a person should look at. It is open until the same thing goes well again, and is
 * told of once.
 *
 * @param what is wrong, the same words every time
 * @param detail what was found this time
 */
public record Incident(String what, String detail) {}
