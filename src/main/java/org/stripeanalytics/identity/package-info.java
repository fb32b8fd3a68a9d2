/**
 * Which people, companies and browsers of other sources are which Stripe customers. {@link
 * org.stripeanalytics.identity.ReadClues} takes from raw tables what their contracts say of
 * identity; {@link org.stripeanalytics.identity.Resolution} decides, in plain Java; {@link
 * org.stripeanalytics.identity.ResolveIdentities} is the step around it. No code names a source.
 */
package org.stripeanalytics.identity;
