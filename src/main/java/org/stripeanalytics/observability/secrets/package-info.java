/**
 * Secrets, by reference. Options, manifests, logs and job graphs hold where a secret is kept; its
 * value is fetched by whoever uses it, there and then, and is neither kept nor shown.
 */
package org.stripeanalytics.observability.secrets;
