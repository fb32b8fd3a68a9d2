/**
 * What brought customers: visits to the website before a conversion, and the parts of it that
 * models of attribution give them. {@link org.stripeanalytics.acquisition.CollectJourneys} brings
 * visits and conversions of a customer together, {@link
 * org.stripeanalytics.acquisition.AttributeConversions} divides each conversion.
 */
package org.stripeanalytics.acquisition;
