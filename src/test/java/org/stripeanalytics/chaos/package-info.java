/**
 * The campaign {@code scripts/chaos}: it breaks runs on purpose and counts what that has cost. Each
 * row of its table is one {@link org.stripeanalytics.chaos.Trials}; every number but the tries has
 * to be zero. It takes minutes and is not part of the build; the tests beside the code hold each
 * fault that it has found.
 */
package org.stripeanalytics.chaos;
