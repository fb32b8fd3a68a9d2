package org.stripeanalytics.quality;

/**
 * One broken rule.
 *
 * @param message for the person who has to mend it: what was found where, and what is allowed
 */
public record Violation(RejectionRule rule, String message) {}
